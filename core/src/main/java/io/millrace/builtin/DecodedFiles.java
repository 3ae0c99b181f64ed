package io.millrace.builtin;

import io.millrace.spi.DeclaresColumns;
import io.millrace.spi.DecodingSource;
import io.millrace.spi.ReadContext;
import io.millrace.spi.StreamingSource;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** What sources of json and csv files have in common. */
abstract class DecodedFiles implements StreamingSource, DecodingSource, DeclaresColumns {

    private final FilesModel model;

    DecodedFiles(FilesModel model) {
        this.model = model;
    }

    final FilesModel model() {
        return model;
    }

    @Override
    public final String description() {
        return model.words() + (model.schema().isPresent() ? "" : ", schema found in them by a pass over all");
    }

    @Override
    public final Optional<StructType> declaredColumns() {
        return model.schema().map(model::withFolders);
    }

    @Override
    public final boolean mayHave(String column) {
        return model.foldersUnknown();
    }

    @Override
    public final boolean streamsByDefault() {
        return true;
    }

    @Override
    public final Optional<String> streamingProblem() {
        return model.schema().isPresent()
                ? Optional.empty()
                : Optional.of("a stream of " + model.words()
                        + " needs to know its columns; add schema = \"name TYPE, …\" to the model");
    }

    @Override
    public final Map<String, String> streamedFrom(SparkSession session) {
        return new InputFiles(session, model.path(), model.storage()).streamed();
    }

    final InputFiles files(ReadContext context) {
        return new InputFiles(context.session(), model.path(), model.storage());
    }
}
