package io.millrace.internal.spark.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeltaAbsentTest {

    @Test
    void withoutDeltaOnTheClassPathTheErrorNamesTheArtifact() throws IOException, ReflectiveOperationException {
        try (URLClassLoader withoutDelta =
                new URLClassLoader(classPathWithoutDelta(), ClassLoader.getPlatformClassLoader())) {
            Class<?> commits = withoutDelta.loadClass(DeltaCommits.class.getName());
            assertThat(commits).isNotSameAs(DeltaCommits.class);

            assertThatThrownBy(() ->
                            commits.getMethod("requireDelta", String.class).invoke(null, "sales.orders"))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessage("sales.orders is a Delta table, and Delta is not on the class path; add"
                            + " io.delta:delta-spark_4.1_2.13");
        }
    }

    private static URL[] classPathWithoutDelta() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!new File(entry).getName().startsWith("delta-")) {
                urls.add(new File(entry).toURI().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }
}
