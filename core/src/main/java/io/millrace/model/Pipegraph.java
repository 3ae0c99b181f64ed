package io.millrace.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A set of ETLs and the models they read and write.
 *
 * @param name not blank; part of every commit's identity, so a new name is a new pipegraph
 * @param description for people; may be empty
 * @param owner for people; may be empty
 * @param stateLocation the folder of checkpoints and of the ledger, or null where nothing needs one
 * @param models in the order in which they are written
 * @param etls in the order in which they are written
 */
public record Pipegraph(
        String name,
        String description,
        String owner,
        @Nullable String stateLocation,
        List<GenericModel> models,
        List<Etl> etls) {

    /** Copies the lists; refuses a blank name. */
    public Pipegraph {
        models = List.copyOf(models);
        etls = List.copyOf(etls);
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a pipegraph must not be blank");
        }
    }

    /** Starts a pipegraph of that name. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** Returns the folder of checkpoints and of the ledger, where there is one. */
    public Optional<String> state() {
        return Optional.ofNullable(stateLocation);
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
        private final List<GenericModel> models = new ArrayList<>();
        private final List<Etl> etls = new ArrayList<>();

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

        /** Adds a model. */
        public Builder model(GenericModel model) {
            models.add(model);
            return this;
        }

        /** Adds an ETL. */
        public Builder etl(Etl etl) {
            etls.add(etl);
            return this;
        }

        /** Adds an ETL. */
        public Builder etl(Etl.Builder etl) {
            return etl(etl.build());
        }

        /** Makes the pipegraph. */
        public Pipegraph build() {
            return new Pipegraph(name, description, owner, state, models, etls);
        }
    }
}
