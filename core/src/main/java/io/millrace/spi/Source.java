package io.millrace.spi;

import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * An input as planned: a plugin's decoded settings, ready to read. Immutable: several runs of a plan read at once. A source whose records may be malformed is a {@link DecodingSource}, one that
 * can be read as a stream a {@link StreamingSource}.
 */
public interface Source {

    /** Returns one line for people, without secrets: what is read, from where, how. */
    String description();

    /**
     * Returns the parts of a slice by which it cuts itself: asked for such a part, it reads nothing outside of it. A run that is asked for a part that
     * neither the inputs nor the steps of an ETL make use of is refused.
     */
    default Set<Slice.Part> sliceParts() {
        return Set.of();
    }

    /**
     * Reads what is there of the slice, or everything where it cannot cut itself.
     *
     * @throws io.millrace.config.MillraceException of kind USER where the input is missing, EXTERNAL where it cannot be reached
     */
    Dataset<Row> read(ReadContext context);
}
