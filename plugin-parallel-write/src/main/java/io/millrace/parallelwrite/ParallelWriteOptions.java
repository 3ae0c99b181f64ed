package io.millrace.parallelwrite;

import io.millrace.spi.OptionDescription;
import java.util.List;

/** The settings of a model of the product, for the reference. Those of other writers are in their own documentation. */
final class ParallelWriteOptions {

    static final List<OptionDescription> ALL = List.of(
            option(
                    "writerDetails.writerType",
                    "parallelWrite | continuousUpdate",
                    "required",
                    "how rows are written: added, or upserted"),
            option(
                    "writerDetails.saveMode",
                    "append | overwrite | ignore | errorIfExists",
                    "required for parallelWrite",
                    "what becomes of the rows that are there already"),
            option(
                    "writerDetails.symlinkManifest",
                    "boolean",
                    "false",
                    "whether a Delta table gets a symlink manifest after each commit"),
            option(
                    "writerDetails.targetFileSize",
                    "size",
                    "",
                    "of writerType parallelWrite: how large the files of a batch are to be, such as 128MB; without it each task writes files of its own"),
            option("entityDetails.domain", "text", "required", "the entity's data domain"),
            option("entityDetails.name", "text", "required", "the entity's name inside the domain"),
            option("entityDetails.version", "text", "required", "the entity's version"),
            option("entityDetails.dbPrefix", "text", "", "what precedes the domain in the name of the database"),
            option("entityDetails.overrideDbName", "text", "", "the database, whatever the other parts say"));

    private ParallelWriteOptions() {}

    private static OptionDescription option(String name, String type, String standard, String meaning) {
        return new OptionDescription(name, type, standard, meaning);
    }
}
