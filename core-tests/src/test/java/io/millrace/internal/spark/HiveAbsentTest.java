package io.millrace.internal.spark;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.internal.spark.session.SessionFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HiveAbsentTest {

    @Test
    void withoutHiveOnTheClassPathTheErrorNamesTheArtifact() {
        assertThatThrownBy(() -> SessionFactory.create("local", Map.of("spark.sql.catalogImplementation", "hive")))
                .hasMessage("a Hive metastore is asked for (spark.sql.catalogImplementation = hive), and Hive is not on"
                        + " the class path; add the dependency org.apache.spark:spark-hive_2.13 in Spark's version");
    }
}
