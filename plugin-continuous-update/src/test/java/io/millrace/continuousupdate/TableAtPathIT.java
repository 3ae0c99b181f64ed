package io.millrace.continuousupdate;

import io.millrace.testkit.UpsertWords;
import java.nio.file.Path;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;

/** Upserts into Delta tables in folders. */
@Tag("thorough")
class TableAtPathIT extends TableUpsertContract {

    @Override
    Target newTable(StructType columns, Path place, UpsertWords settings) {
        session().sql("CREATE TABLE delta.`" + place + "` (" + columns.toDDL() + ") USING delta");
        return new Target(session(), place, "path = \"" + place + '"', "Delta table in " + place, settings);
    }
}
