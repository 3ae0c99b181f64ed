package io.millrace.continuousupdate;

import io.millrace.testkit.UpsertWords;
import java.nio.file.Path;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;

/** Upserts into Delta tables of the session's catalog. */
@Tag("thorough")
class TableWithNameIT extends TableUpsertContract {

    @Override
    Target newTable(StructType columns, Path place, UpsertWords settings) {
        String name = "named_" + place.toString().replaceAll("\\W", "_");
        session().sql("CREATE TABLE " + name + " (" + columns.toDDL() + ") USING delta LOCATION '" + place + "'");
        return new Target(session(), place, "name = " + name, "table " + name, settings);
    }
}
