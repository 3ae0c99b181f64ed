package io.millrace.internal.files;

import io.millrace.spi.CompactionRequest;
import io.millrace.spi.RunMode;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** A process that compacts again and again what it writes at the same time, until it is killed. */
final class CompactionProcess {

    private CompactionProcess() {}

    /** Arguments: folder, and the number of the first batch. */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        SparkSession session =
                MillraceSession.builder(folder.resolve("warehouse")).getOrCreate();
        CommittedFiles files = CommittedFilesProcess.files(folder);
        Thread writer = new Thread(() -> {
            for (long number = Long.parseLong(arguments[1]); ; number++) {
                files.write(
                        CommittedFilesProcess.batch(number),
                        CommittedFilesProcess.rows(session, number),
                        RunMode.STREAM);
                System.out.println("wrote " + number + ";");
            }
        });
        writer.setDaemon(true);
        writer.start();
        for (int round = 0; ; round++) {
            String suffix = " " + round + ";";
            files.compact(session, CompactionRequest.all(), stage -> System.out.println("reached " + stage + suffix));
            System.out.println("compacted" + suffix);
        }
    }
}
