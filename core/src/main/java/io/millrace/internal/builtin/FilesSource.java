package io.millrace.internal.builtin;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.files.FolderColumns;
import io.millrace.spi.DeclaresColumns;
import io.millrace.spi.ReadContext;
import io.millrace.spi.StreamingSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Files whose records are all there or not at all: Spark reads them, skips what is filtered out, and leaves unused columns alone. */
record FilesSource(FilesModel model) implements StreamingSource, DeclaresColumns {
    @Override
    public String description() {
        return model.words();
    }

    @Override
    public boolean streamsByDefault() {
        return true;
    }

    @Override
    public Optional<StructType> declaredColumns() {
        Optional<StructType> text =
                Optional.of(FileFormat.TEXT_COLUMNS).filter(any -> model.format() == FileFormat.TEXT);
        return model.schema().or(() -> text).map(model::withFolders);
    }

    @Override
    public boolean mayHave(String column) {
        return model.foldersUnknown();
    }

    @Override
    public Dataset<Row> read(ReadContext context) {
        files(context).requireFiles();
        var reader = context.session().read().format(model.format().word()).options(model.options());
        model.schema().ifPresent(reader::schema);
        return FolderColumns.read(reader, model.path(), model.declaredNames());
    }

    @Override
    public Dataset<Row> readStream(ReadContext context) {
        files(context).requirePath();
        var reader =
                context.session().readStream().format(model.format().word()).options(streamOptions(model));
        StructType files = model.schema()
                .orElseGet(() -> model.format() == FileFormat.TEXT ? FileFormat.TEXT_COLUMNS : schemaOfFiles(context));
        return FolderColumns.stream(
                context.session().read().options(model.options()), reader, model.path(), files, model.declaredNames());
    }

    @Override
    public Map<String, String> streamedFrom(SparkSession session) {
        return new InputFiles(session, model.path(), model.storage()).streamed();
    }

    private StructType schemaOfFiles(ReadContext context) {
        if (!files(context).any()) {
            throw MillraceException.user(model.path() + " holds no files: a stream of "
                    + model.format().word()
                    + " files takes its columns from those that are there when it starts; add schema = \"name TYPE, …\""
                    + " to the model");
        }
        return read(context).schema();
    }

    private InputFiles files(ReadContext context) {
        return new InputFiles(context.session(), model.path(), model.storage());
    }

    static Map<String, String> streamOptions(FilesModel model) {
        Map<String, String> options = new HashMap<>(model.options());
        model.maxFiles().ifPresent(limit -> options.put("maxFilesPerTrigger", Integer.toString(limit)));
        return options;
    }
}
