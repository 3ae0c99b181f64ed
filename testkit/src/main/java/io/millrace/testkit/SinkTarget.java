package io.millrace.testkit;

import io.millrace.spi.Sink;
import java.util.List;
import org.apache.spark.sql.Row;

/** A place that a sink under test writes to. */
public interface SinkTarget {

    /** Makes a sink that writes there, a new one at each call: as after the start of a new process. */
    Sink sink();

    /** Reads what is there, with the columns the target was made for, in their order; in any order of rows. */
    List<Row> rows();
}
