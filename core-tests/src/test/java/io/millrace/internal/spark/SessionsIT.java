package io.millrace.internal.spark;

import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.tools.ToolProvider;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
class SessionsIT {

    private final SparkSession spark;

    SessionsIT(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void aCopyHasSettingsAndViewsOfItsOwn() {
        SparkSession given = spark.newSession();
        given.conf().set("millrace.test", "before");
        given.range(1).createOrReplaceTempView("copied");

        SparkSession copy = Sessions.beside(given);
        copy.conf().set("millrace.test", "after");
        copy.range(2).createOrReplaceTempView("copied");

        assertThat(copy.table("copied").count()).isEqualTo(2);
        assertThat(given.table("copied").count()).isEqualTo(1);
        assertThat(given.conf().get("millrace.test")).isEqualTo("before");
    }

    @Test
    void defaultsHoldWhereNothingIsSet() {
        SparkSession given = spark.newSession();
        given.conf().set("spark.sql.shuffle.partitions", "7");

        SparkSession own = Sessions.withDefaults(
                given, Map.of("spark.sql.ansi.enabled", "false", "spark.sql.shuffle.partitions", "3"));

        assertThat(own.conf().get("spark.sql.ansi.enabled")).isEqualTo("false");
        assertThat(own.conf().get("spark.sql.shuffle.partitions")).isEqualTo("7");
        assertThat(own.sql("SELECT CAST('n/a' AS INT)").head().isNullAt(0)).isTrue();
        assertThat(given.conf().get("spark.sql.ansi.enabled")).isEqualTo("true");
        assertThat(Sessions.withDefaults(given, Map.of())).isSameAs(given);
    }

    @Test
    void tasksOfAllCopiesShareOneClassLoader() {
        SparkSession first = Sessions.beside(spark.newSession());
        SparkSession second = Sessions.readingWhole(spark.newSession());

        assertThat(classLoaderOfTasks(first))
                .isEqualTo(classLoaderOfTasks(second))
                .isEqualTo(classLoaderOfTasks(Sessions.beside(second)))
                .isNotEqualTo(classLoaderOfTasks(spark.newSession()));
    }

    @Test
    void aCopyOfASessionThatHasClassesHasThemToo(@TempDir Path folder) throws IOException {
        Path source = Files.writeString(folder.resolve("OfOneSession.java"), "public class OfOneSession {}");
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()))
                .isZero();
        SparkSession given = spark.newSession();
        given.addArtifact(folder.resolve("OfOneSession.class").toString());

        assertThat(tasksFind("OfOneSession", Sessions.beside(given))).isTrue();
        assertThat(tasksFind("OfOneSession", Sessions.beside(spark))).isFalse();
    }

    private static int classLoaderOfTasks(SparkSession session) {
        session.udf()
                .register(
                        "loader",
                        udf(
                                () -> System.identityHashCode(
                                        Thread.currentThread().getContextClassLoader()),
                                DataTypes.IntegerType));
        return session.range(0, 1, 1, 1)
                .selectExpr("loader() + CAST(id AS INT)")
                .head()
                .getInt(0);
    }

    private static boolean tasksFind(String name, SparkSession session) {
        session.udf().register("finds", udf((String wanted) -> finds(wanted), DataTypes.BooleanType));
        return session.range(0, 1, 1, 1)
                .selectExpr("finds(concat('" + name + "', if(id < 0, 'x', '')))")
                .head()
                .getBoolean(0);
    }

    private static boolean finds(String name) {
        try {
            Class.forName(name, false, Thread.currentThread().getContextClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }
}
