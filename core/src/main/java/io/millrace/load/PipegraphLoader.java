package io.millrace.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.config.ConfigDocument;
import io.millrace.config.ConfigSection;
import io.millrace.config.HoconReader;
import io.millrace.config.Problems;
import io.millrace.model.Etl;
import io.millrace.model.GenericModel;
import io.millrace.model.GenericProduct;
import io.millrace.model.LateData;
import io.millrace.model.Pipegraph;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the {@code pipegraph} section of a configuration. Stateless. */
public final class PipegraphLoader {

    /** Whether a pipegraph may be without ETLs. */
    private enum Etls {
        REQUIRED,
        OPTIONAL
    }

    private PipegraphLoader() {}

    /**
     * Reads a file.
     *
     * @param overrides path to value, set over the file
     * @throws io.millrace.config.MillraceException of kind USER where the file is missing or not HOCON; everything else is in {@link
     *     LoadedPipegraph#problems()}
     */
    public static LoadedPipegraph load(Path file, Map<String, String> overrides) {
        return load(HoconReader.read(file, overrides));
    }

    /** Reads the pipegraph of a document. */
    public static LoadedPipegraph load(ConfigDocument document) {
        return load(document, Etls.REQUIRED);
    }

    /** Reads the pipegraph of a document, which may be one without ETLs: only its models are wanted. */
    public static LoadedPipegraph loadModels(ConfigDocument document) {
        return load(document, Etls.OPTIONAL);
    }

    private static LoadedPipegraph load(ConfigDocument document, Etls etlsAre) {
        Problems problems = new Problems();
        ConfigSection section = document.root(problems).section("pipegraph");
        section.instead(EtlGuesses.OF_PIPEGRAPH);
        Set<String> broken = new HashSet<>();
        List<GenericModel> models = models(section, broken);
        List<Etl> etls = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        for (ConfigSection written : section.sections("etls")) {
            EtlDecoder.decode(written).ifPresent(etl -> {
                etls.add(etl);
                paths.add(written.path());
            });
        }
        if (etlsAre == Etls.REQUIRED
                && section.raw("etls")
                        .filter(written -> !written.isArray() || !written.isEmpty())
                        .isEmpty()) {
            section.problem(
                    "etls", (section.has("etls") ? "is empty" : "is missing") + "; a pipegraph needs at least one ETL");
        }
        String name = section.string("name");
        Optional<String> description = section.optionalString("description");
        Optional<String> owner = section.optionalString("owner");
        Optional<String> state = section.optionalString("state");
        Optional<LateData> lateData =
                document.root(problems).optionalSection("late-data").flatMap(LateDataDecoder::decode);
        Pipegraph pipegraph = section.build(() ->
                        new Pipegraph(name, description.orElse(""), owner.orElse(""), state, models, etls, lateData))
                .orElseGet(() -> new Pipegraph(name.isBlank() ? "pipegraph" : name, "", "", state, models, etls));
        return new LoadedPipegraph(pipegraph, document, problems.asList(), broken, paths);
    }

    private static List<GenericModel> models(ConfigSection pipegraph, Set<String> broken) {
        List<GenericModel> models = new ArrayList<>();
        pipegraph.namedSections("models").forEach((name, section) -> {
            section.instead(EtlGuesses.OF_MODEL);
            EtlGuesses.OF_VALUE.forEach(key -> section.instead(
                    key, "is unknown here; settings of the product belong into value { " + key + " = … }"));
            String product = section.string("product");
            var value = section.optionalSection("value").map(ConfigSection::raw);
            section.build(() -> new GenericModel(
                            name, value.orElseGet(JsonNodeFactory.instance::objectNode), GenericProduct.of(product)))
                    .ifPresentOrElse(models::add, () -> broken.add(name));
        });
        return models;
    }
}
