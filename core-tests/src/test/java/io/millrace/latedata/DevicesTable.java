package io.millrace.latedata;

import io.millrace.Millrace;
import io.millrace.plan.PipegraphPlan;
import io.millrace.slices.SliceEntry;
import io.millrace.slices.SliceLedger;
import io.millrace.slices.SliceListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** A table of devices by date, a pipegraph that keeps a copy of it, and what is known of the copy's dates. */
final class DevicesTable {

    private final SparkSession session;
    private final Path folder;

    DevicesTable(SparkSession session, Path folder) {
        this.session = session;
        this.folder = folder;
    }

    static LocalDate day(int day) {
        return LocalDate.of(2024, 1, day);
    }

    String source() {
        return folder.resolve("devices").toString();
    }

    /** Adds 100 rows of a date in one commit. */
    void load(int day) {
        load(day, 100);
    }

    void load(int day, int rows) {
        session.range(rows)
                .selectExpr("uuid() AS device", "DATE'" + day(day) + "' AS event_time")
                .coalesce(1)
                .write()
                .format("delta")
                .mode(SaveMode.Append)
                .partitionBy("event_time")
                .save(source());
    }

    void week() {
        for (int day = 1; day <= 7; day++) {
            load(day);
        }
    }

    /** Writes a pipegraph; returns its plan. */
    PipegraphPlan plan(String output, String lateData) throws IOException {
        String text =
                """
                pipegraph {
                  name = devices
                  state = "FOLDER/state"
                  models {
                    devices { product = table, value { path = "FOLDER/devices" } }
                    daily { product = table, value { path = "FOLDER/daily", partition-by = [event_time] } }
                  }
                  etls = [ {
                    name = of-a-day
                    inputs { devices = devices }
                    steps = [ { name = chosen, sql = "SELECT * FROM devices WHERE event_time = :run_date" } ]
                    outputs = [ OUTPUT ]
                  } ]
                }
                late-data { input = devices, partition-by = event_time, configurations = "FOLDER/configurations" LATE }
                """
                        .replace("OUTPUT", output)
                        .replace("LATE", lateData)
                        .replace("FOLDER", folder.toString());
        Path file = folder.resolve("pipegraph.conf");
        Files.writeString(file, text);
        return Millrace.on(session).plan(file);
    }

    PipegraphPlan plan() throws IOException {
        return plan("{ model = daily, replaces = \"event_time = :run_date\" }", "");
    }

    LateDataRunner runner(PipegraphPlan plan) {
        return new LateDataRunner(session, plan, SliceListener.NONE);
    }

    LateDataResult run(int... days) throws IOException {
        LocalDate[] dates =
                java.util.Arrays.stream(days).mapToObj(DevicesTable::day).toArray(LocalDate[]::new);
        try (LateDataRunner runner = runner(plan())) {
            return runner.run(LateDataRequest.of(dates));
        }
    }

    /** Returns what the file of a date says; empty where there is none. */
    String configuration(int day) throws IOException {
        Path file = folder.resolve("configurations/backfilling_configuration_" + day(day) + ".json");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    void forgetConfigurations() throws IOException {
        for (int day = 1; day <= 31; day++) {
            Files.deleteIfExists(folder.resolve("configurations/backfilling_configuration_" + day(day) + ".json"));
        }
    }

    /** Returns day of the month to the version as of which it was run; -1 where it is not done. */
    Map<Integer, Long> done() {
        Map<Integer, Long> done = new TreeMap<>();
        try (SliceLedger ledger = ledger()) {
            for (SliceEntry entry : ledger.list()) {
                String version = entry.state() == io.millrace.slices.SliceState.DONE ? entry.doneVersion() : "-1";
                done.put(entry.slice().date().orElseThrow().getDayOfMonth(), Long.valueOf(String.valueOf(version)));
            }
        }
        return done;
    }

    SliceLedger ledger() {
        return SliceLedger.open(session, folder.resolve("state/slices").toString(), "devices");
    }

    /** Returns how many rows each day of the copy has, each device once. */
    Map<Integer, Long> copied() {
        return counts(folder.resolve("daily").toString());
    }

    Map<Integer, Long> counts(String table) {
        Map<Integer, Long> counts = new TreeMap<>();
        for (Row row : session.read()
                .format("delta")
                .load(table)
                .groupBy("event_time")
                .agg(Map.of("device", "count"))
                .selectExpr("day(event_time)", "`count(device)`")
                .collectAsList()) {
            counts.put(row.getInt(0), row.getLong(1));
        }
        return counts;
    }

    /** Returns the number of devices that are in only one of the table and the copy, of some days. */
    long differences(int firstDay, int lastDay) {
        String those = "event_time BETWEEN DATE'" + day(firstDay) + "' AND DATE'" + day(lastDay) + "'";
        var source = session.read().format("delta").load(source()).filter(those);
        var copy = session.read()
                .format("delta")
                .load(folder.resolve("daily").toString())
                .filter(those);
        return source.exceptAll(copy).count() + copy.exceptAll(source).count();
    }
}
