package io.millrace.examples.latedevices;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.examples.DemoProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("processes")
class LateDevicesIT {

    private static final String NONE = "{\"partitions\":[]}";

    @Test
    void eachWayFindsWhatIsLate(@TempDir Path folder) throws Exception {
        List<String> shown = DemoProcess.run("late-devices", "--into", folder.toString());

        assertThat(configurations(folder.resolve("week")))
                .isEqualTo(Map.of(1, NONE, 2, NONE, 3, NONE, 4, NONE, 5, NONE));
        assertThat(configurations(folder.resolve("from_the_third")))
                .isEqualTo(Map.of(2, NONE, 3, "{\"partitions\":[\"event_time=2024-01-02\"]}", 4, NONE, 5, NONE));
        assertThat(configurations(folder.resolve("from_the_fourth")))
                .isEqualTo(Map.of(
                        2,
                        NONE,
                        3,
                        NONE,
                        4,
                        "{\"partitions\":[\"event_time=2024-01-02\",\"event_time=2024-01-03\"]}",
                        5,
                        NONE));
        assertThat(configurations(folder.resolve("up_to_the_third"))).isEqualTo(Map.of(1, NONE, 2, NONE, 3, NONE));
        assertThat(shown)
                .contains("2024-01-02  late       changed at version 7, was run as of version 6")
                .contains("5 slices of pipegraph devices after " + after(shown) + ": 5 done");
    }

    /** The time of the first sliced run, which is different each time. */
    private static String after(List<String> shown) {
        String line = shown.stream()
                .filter(each -> each.startsWith("5 slices of pipegraph devices after "))
                .findFirst()
                .orElseThrow();
        return line.replaceFirst(".* after ", "").replaceFirst(":.*", "");
    }

    private static Map<Integer, String> configurations(Path lake) throws Exception {
        Map<Integer, String> configurations = new TreeMap<>();
        try (Stream<Path> files = Files.list(lake.resolve("configurations"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith("backfilling_configuration_2024-01-0")) {
                    configurations.put(
                            Integer.parseInt(name.substring(name.length() - 7, name.length() - 5)
                                    .replace("-", "")),
                            Files.readString(file));
                }
            }
        }
        return configurations;
    }

    /** Python itself says whether the file of the DAG is Python, where there is one. */
    @Test
    void theDagOfAirflowIsPython(@TempDir Path folder) throws Exception {
        Path dag = Path.of("late-devices/airflow/late_devices.py");
        Path compiled = folder.resolve("dag.pyc");
        Process python;
        try {
            python = new ProcessBuilder(
                            "python3",
                            "-c",
                            "import py_compile, sys; py_compile.compile(sys.argv[1], sys.argv[2], doraise=True)",
                            dag.toString(),
                            compiled.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (java.io.IOException noPython) {
            org.junit.jupiter.api.Assumptions.abort("no python3 on this machine");
            return;
        }
        String said = new String(python.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(python.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(python.exitValue()).as(said).isZero();
        assertThat(compiled).exists();
    }
}
