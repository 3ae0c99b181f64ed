package io.millrace.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.AllowedWords;
import io.millrace.config.ConfigSection;
import io.millrace.config.MillraceException;
import io.millrace.config.Option;
import io.millrace.config.Problem;
import io.millrace.config.Problems;
import io.millrace.config.SourceMap;
import java.util.List;
import java.util.Optional;

/** Turns a {@link ParallelWriteModel} into the JSON value of its model and back, without loss. What is not set is not written. */
public final class ParallelWriteModelSerde {

    private static final String WRITER_TYPE = "writerType";
    private static final List<String> WRITER_TYPES = List.of(ContinuousUpdate.WRITER_TYPE, ParallelWrite.WRITER_TYPE);

    private static final Option<String> WRITER = Option.choice(WRITER_TYPE, AllowedWords.of(WRITER_TYPES))
            .as("parallelWrite | continuousUpdate")
            .otherwise(
                    "required",
                    "How rows are written: added (parallelWrite), or upserted: one row for each key, the newest (continuousUpdate).");
    private static final Option<SaveMode> SAVE_MODE = Option.choice("saveMode", AllowedWords.camel(SaveMode.class))
            .otherwise("required for parallelWrite", "What becomes of the rows that are there already.");
    private static final Option<EntityOverwrite> OVERWRITE = Option.choice(
                    "overwrite", AllowedWords.camel(EntityOverwrite.class))
            .byDefault(
                    EntityOverwrite.STATIC,
                    "Of writerType parallelWrite: what saveMode overwrite replaces: all rows, or the partitions that a batch has rows for.");
    private static final Option<Boolean> SYMLINK_MANIFEST = Option.flag("symlinkManifest")
            .byDefault(false, "Whether a Delta table gets a symlink manifest after each commit.");
    private static final Option<Long> TARGET_FILE_SIZE = Option.size("targetFileSize")
            .optional(
                    "Of writerType parallelWrite: how large the files of a batch are to be, such as 128MB; without it each task writes files of its"
                            + " own.");

    private ParallelWriteModelSerde() {}

    /** Returns the settings of {@code writerDetails}, but for those of an upsert, which are the constants of {@link UpsertSetting}. */
    public static List<Option<?>> writerOptions() {
        return List.of(WRITER, SAVE_MODE, OVERWRITE, SYMLINK_MANIFEST, TARGET_FILE_SIZE);
    }

    /** Returns the settings of {@code entityDetails}. */
    public static List<Option<?>> entityOptions() {
        return CatalogCoordinates.OPTIONS;
    }

    /** Returns the JSON value of the model; the caller's to change. */
    public static ObjectNode serialize(ParallelWriteModel model) {
        ObjectNode value = JsonNodeFactory.instance.objectNode();
        ObjectNode writer = value.putObject("writerDetails");
        writer.put(WRITER_TYPE, model.writerDetails().writerType());
        if (model.writerDetails() instanceof ParallelWrite write) {
            writer.put("saveMode", write.saveMode().toString());
            if (write.overwrite() != EntityOverwrite.STATIC) {
                writer.put("overwrite", AllowedWords.camel(write.overwrite()));
            }
            if (write.targetFileSize() != null) {
                writer.put("targetFileSize", write.targetFileSize());
            }
        } else if (model.writerDetails() instanceof ContinuousUpdate update) {
            ContinuousUpdateJson.encode(update, writer);
        }
        if (model.writerDetails().symlinkManifest()) {
            writer.put("symlinkManifest", true);
        }
        model.entityDetails().encode(value.putObject("entityDetails"));
        return value;
    }

    /**
     * Reads a JSON value.
     *
     * @throws MillraceException of kind USER with everything that is wrong, by path inside the value
     */
    public static ParallelWriteModel deserialize(JsonNode value) {
        if (!(value instanceof ObjectNode object)) {
            throw MillraceException.user(List.of(
                    new Problem(null, "", "the value of a parallelWrite model must be an object, not " + value)));
        }
        Problems problems = new Problems();
        Optional<ParallelWriteModel> model = decode(ConfigSection.root(object, SourceMap.none(), problems));
        problems.throwIfAny();
        return model.orElseThrow(() -> MillraceException.internal("a model without problems was not built", null));
    }

    /** Decodes the value of a model; empty after noting everything that is wrong, with its place. */
    public static Optional<ParallelWriteModel> decode(ConfigSection value) {
        Optional<WriterDetails> writer = writer(value.section("writerDetails"));
        Optional<CatalogCoordinates> entity = CatalogCoordinates.decode(value.section("entityDetails"));
        return value.build(() -> new ParallelWriteModel(writer.orElseThrow(), entity.orElseThrow()));
    }

    private static Optional<WriterDetails> writer(ConfigSection section) {
        if (!section.has(WRITER_TYPE)) {
            section.problem(WRITER_TYPE, "is missing; known: " + String.join(", ", WRITER_TYPES));
            return Optional.empty();
        }
        return section.find(WRITER)
                .flatMap(type -> type.equals(ParallelWrite.WRITER_TYPE)
                        ? parallelWrite(section)
                        : section.build(ContinuousUpdate.readOfDelta(section, Spelling.CAMEL)::build));
    }

    private static Optional<? extends WriterDetails> parallelWrite(ConfigSection section) {
        if (!section.has("saveMode")) {
            section.problem("saveMode", "is missing; known: append, errorIfExists, ignore, overwrite");
        }
        Optional<SaveMode> mode = section.find(SAVE_MODE);
        EntityOverwrite overwrite = section.get(OVERWRITE);
        if (section.has(OVERWRITE) && !mode.equals(Optional.of(SaveMode.OVERWRITE))) {
            section.problem(OVERWRITE, "is for saveMode overwrite");
            return Optional.empty();
        }
        boolean manifest = section.get(SYMLINK_MANIFEST);
        Optional<Long> size = section.find(TARGET_FILE_SIZE);
        return section.build(() -> new ParallelWrite(mode.orElseThrow(), overwrite, manifest, size.orElse(null)));
    }
}
