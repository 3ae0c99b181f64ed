package io.millrace.examples.flights;

import java.time.LocalDateTime;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * One flight.
 *
 * @param date departure, local time
 * @param delay of the arrival, in minutes; negative where it came early
 * @param distance in miles
 * @param origin airport
 * @param destination airport
 */
record Flight(LocalDateTime date, long delay, long distance, String origin, String destination) {

    /** The columns of the file. */
    static final StructType SCHEMA = new StructType()
            .add("date", DataTypes.TimestampNTZType)
            .add("delay", DataTypes.LongType)
            .add("distance", DataTypes.LongType)
            .add("origin", DataTypes.StringType)
            .add("destination", DataTypes.StringType);

    Row row() {
        return RowFactory.create(date, delay, distance, origin, destination);
    }
}
