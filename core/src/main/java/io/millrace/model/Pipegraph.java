package io.millrace.model;

import io.millrace.config.Problem;
import io.millrace.config.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A set of ETLs and the models they read and write.
 *
 * @param name not blank; part of every commit's identity, so a new name is a new pipegraph
 * @param description for people; may be empty
 * @param owner for people; may be empty
 * @param state the folder of checkpoints and of the ledger; empty where nothing needs one
 * @param models in the order in which they are written
 * @param etls in the order in which they are written
 * @param lateData how it is run for the partitions of a table; empty where that is not said
 */
public record Pipegraph(
        String name,
        String description,
        String owner,
        Optional<String> state,
        List<GenericModel> models,
        List<Etl> etls,
        Optional<LateData> lateData) {

    /** Copies the lists; refuses a blank name. */
    public Pipegraph {
        models = List.copyOf(models);
        etls = List.copyOf(etls);
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a pipegraph must not be blank");
        }
    }

    /** A pipegraph of which nothing is said about late data. */
    public Pipegraph(
            String name,
            String description,
            String owner,
            Optional<String> state,
            List<GenericModel> models,
            List<Etl> etls) {
        this(name, description, owner, state, models, etls, Optional.empty());
    }

    /** Returns the same, which remembers in a folder. */
    public Pipegraph remembering(String folder) {
        return new Pipegraph(name, description, owner, Optional.of(folder), models, etls, lateData);
    }

    /** Starts a pipegraph of that name. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** Returns the models by name; of two with one name the first. */
    public Map<String, GenericModel> modelsByName() {
        Map<String, GenericModel> byName = new LinkedHashMap<>();
        models.forEach(model -> byName.putIfAbsent(model.name(), model));
        return byName;
    }

    /** Builds a pipegraph. Not for use by several threads. */
    public static final class Builder {

        private final String name;
        private String description = "";
        private String owner = "";
        private @Nullable String state;
        private @Nullable LateData lateData;
        private final List<GenericModel> models = new ArrayList<>();
        private final List<Etl.Builder> etls = new ArrayList<>();

        private Builder(String name) {
            this.name = name;
        }

        /** Says what it is for. */
        public Builder description(String text) {
            this.description = text;
            return this;
        }

        /** Says whose it is. */
        public Builder owner(String who) {
            this.owner = who;
            return this;
        }

        /** Says where checkpoints and the ledger are kept. */
        public Builder state(String folder) {
            this.state = folder;
            return this;
        }

        /** Says that it is run for each partition of a table, and again for those that change afterwards. */
        public Builder lateData(LateData how) {
            this.lateData = how;
            return this;
        }

        /**
         * Adds a model.
         *
         * @param model how ETLs refer to it
         * @param described what it is, as the class of its product says it
         */
        public Builder model(String model, ModelBuilder<?> described) {
            return model(described.as(model));
        }

        /** Adds a model. */
        public Builder model(GenericModel model) {
            models.add(model);
            return this;
        }

        /** Adds an ETL. */
        public Builder etl(Etl etl) {
            return etl(new Etl.Builder(etl));
        }

        /** Adds an ETL; what is said of it later counts, too. */
        public Builder etl(Etl.Builder etl) {
            etls.add(etl);
            return this;
        }

        /**
         * Makes the pipegraph.
         *
         * @throws io.millrace.config.MillraceException of kind USER with everything that is missing: what an ETL needs, and models that are named but
         *     were not added; and with two models of one name
         */
        public Pipegraph build() {
            Problems problems = new Problems();
            if (name.isBlank()) {
                problems.add(new Problem(null, "", "the name of a pipegraph must not be blank"));
            }
            Set<String> names = new LinkedHashSet<>();
            for (GenericModel model : models) {
                if (!names.add(model.name())) {
                    problems.add(new Problem(null, "model " + model.name(), "two models have this name; rename one"));
                }
            }
            for (Etl.Builder etl : etls) {
                etl.addMissing(problems);
                etl.addUnknown(names, problems);
            }
            problems.throwIfAny();
            return new Pipegraph(
                    name,
                    description,
                    owner,
                    Optional.ofNullable(state),
                    models,
                    etls.stream().map(Etl.Builder::made).toList(),
                    Optional.ofNullable(lateData));
        }
    }
}
