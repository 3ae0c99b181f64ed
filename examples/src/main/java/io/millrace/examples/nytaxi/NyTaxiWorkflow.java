package io.millrace.examples.nytaxi;

import io.millrace.cli.Demo;
import io.millrace.cli.DemoContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The tour: two jobs append to one table at the same time, a partition is replaced, rides are corrected; then the same in HOCON. */
public final class NyTaxiWorkflow implements Demo {

    /** Called by {@link java.util.ServiceLoader}. */
    public NyTaxiWorkflow() {}

    @Override
    public String name() {
        return "ny-taxi-workflow";
    }

    @Override
    public void run(DemoContext context) throws IOException {
        Path dropzone = context.work().resolve("dropzone");
        List<Ride> rides = Rides.all();
        Rides.write(rides, dropzone.resolve("rides"));
        Rides.write(Rides.corrections(), dropzone.resolve("corrections"));
        context.say("Two vendors report " + rides.size() + " rides, as small files of JSON in " + dropzone + ".");
        Tour tour = new Tour(context);

        context.say("A workflow in YAML, as Flare runs it: two jobs append to one table, a third one waits for both.");
        tour.workflow("graph", "append.yaml");
        tour.workflow("run", "append.yaml");
        tour.sql("SELECT vendor_id, count(*) AS rides FROM lakehouse.raw.rides GROUP BY 1 ORDER BY 1");
        tour.sql(
                "SELECT operation, summary['added-records'] AS added FROM lakehouse.raw.rides.snapshots ORDER BY committed_at");

        context.say(
                "Vendor 2 sends its March again, without rides that were stored in the car: one partition is replaced.");
        tour.workflow("run", "overwrite.yaml");
        context.say(
                "Some rides took longer than was reported: they are merged. The table of the catalog is then named anew.");
        tour.workflow("run", "merge.yaml");
        tour.workflow("run", "publish.yaml");
        tour.sql(
                "SELECT vendor_id, count(*) AS rides, max(trip_duration) AS longest FROM lakehouse.raw.rides GROUP BY 1 ORDER BY 1");

        context.say("The first workflow in Millrace's own language; its jobs share commits.");
        context.millrace(tour.set(), "workflow", "run", tour.path("workflow.conf"));
        tour.sql("SELECT month, rides FROM lakehouse.own.months WHERE vendor_id = 1 ORDER BY month");
    }

    /** Commands on files of the example. */
    private record Tour(DemoContext context) {

        void workflow(String command, String file) {
            context.millrace(set(), "workflow", command, path(file), "--depots", path("depots.conf"));
        }

        void sql(String query) {
            context.millrace(set(), "sql", query, "--depots", path("depots.conf"));
        }

        List<String> set() {
            return List.of("work=" + context.work());
        }

        String path(String file) {
            return context.example().resolve(file).toString();
        }
    }
}
