package io.millrace.parallelwrite;

import io.millrace.catalog.Spelling;
import io.millrace.catalog.UpsertSetting;
import io.millrace.spi.OptionDescription;
import java.util.List;
import java.util.stream.Stream;

/** The settings of a model of the product, those of each writer type too. */
final class ParallelWriteOptions {

    private static final List<OptionDescription> WRITER = List.of(
            option(
                    "writerDetails.writerType",
                    "parallelWrite | continuousUpdate",
                    "required",
                    "how rows are written: added (parallelWrite), or upserted: one row for each key, the newest (continuousUpdate)"),
            option(
                    "writerDetails.saveMode",
                    "append | overwrite | ignore | errorIfExists",
                    "required for parallelWrite",
                    "what becomes of the rows that are there already"),
            option(
                    "writerDetails.overwrite",
                    "static | dynamic",
                    "static",
                    "of writerType parallelWrite: what saveMode overwrite replaces: all rows, or the partitions that a batch has rows for"),
            option(
                    "writerDetails.symlinkManifest",
                    "boolean",
                    "false",
                    "whether a Delta table gets a symlink manifest after each commit"),
            option(
                    "writerDetails.targetFileSize",
                    "size",
                    "",
                    "of writerType parallelWrite: how large the files of a batch are to be, such as 128MB; without it each task writes files of its own"));

    private static final List<OptionDescription> ENTITY = List.of(
            option("entityDetails.domain", "text", "required", "the entity's data domain"),
            option("entityDetails.name", "text", "required", "the entity's name inside the domain"),
            option("entityDetails.version", "text", "required", "the entity's version"),
            option("entityDetails.dbPrefix", "text", "", "what precedes the domain in the name of the database"),
            option("entityDetails.overrideDbName", "text", "", "the database, whatever the other parts say"));

    static final List<OptionDescription> ALL = Stream.of(WRITER.stream(), upsert(), ENTITY.stream())
            .flatMap(each -> each)
            .toList();

    private ParallelWriteOptions() {}

    /** Those of an upsert but for the manifest, which is there already. */
    private static Stream<OptionDescription> upsert() {
        return Stream.of(UpsertSetting.values())
                .filter(setting -> setting != UpsertSetting.SYMLINK_MANIFEST)
                .map(setting -> option(
                        "writerDetails." + setting.key(Spelling.CAMEL),
                        setting.type(Spelling.CAMEL),
                        setting.standard(Spelling.CAMEL).replace("required", "required for continuousUpdate"),
                        "of writerType continuousUpdate: " + lowered(setting.meaning())));
    }

    private static String lowered(String sentence) {
        return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1).replaceFirst("[.]$", "");
    }

    private static OptionDescription option(String name, String type, String standard, String meaning) {
        return new OptionDescription(name, type, standard, meaning);
    }
}
