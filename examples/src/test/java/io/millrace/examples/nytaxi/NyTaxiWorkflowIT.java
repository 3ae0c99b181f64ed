package io.millrace.examples.nytaxi;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.examples.DemoProcess;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("processes")
class NyTaxiWorkflowIT {

    @Test
    void theTablesHoldWhatTheRidesSay(@TempDir Path folder) throws Exception {
        List<String> shown = DemoProcess.run("ny-taxi-workflow", "--into", folder.toString());

        long march = count(ride -> inMarch(ride) && ride.vendor() == 2);
        long storedInMarch = count(ride -> inMarch(ride) && ride.vendor() == 2 && ride.stored());
        long corrected = Rides.corrections().size() - 1L;
        long cameBack = Rides.corrections().stream()
                .limit(corrected)
                .filter(ride -> inMarch(ride) && ride.vendor() == 2 && ride.stored())
                .count();
        assertThat(storedInMarch).isPositive();
        assertThat(shown)
                .contains(
                        "    wrote lakehouse.raw.rides: 437 rows committed",
                        "    wrote lakehouse.raw.rides: 763 rows committed",
                        "    wrote lakehouse.reports.months: 12 rows committed",
                        "append     437",
                        "append     763",
                        "    wrote lakehouse.raw.rides: " + (march - storedInMarch) + " rows committed",
                        "    wrote lakehouse.raw.rides: " + (corrected + 1) + " rows committed",
                        "    wrote months: 12 rows committed")
                .anyMatch(line -> line.endsWith(", rows replaced " + march))
                .anyMatch(line -> line.contains("append with shared commits"))
                .anyMatch(line -> line.matches(" +1 +437 +" + longest(1)))
                .anyMatch(line -> line.matches(" +2 +" + (763 - storedInMarch + 1 + cameBack) + " +" + longest(2)));
        assertThat(String.join(" ", shown).replaceAll(" +", " "))
                .contains(
                        "rows deleted 0, rows inserted " + (1 + cameBack) + ", rows updated " + (corrected - cameBack));
        for (int month = 1; month <= 6; month++) {
            String name = "2016-0" + month;
            long rides = count(ride -> ride.vendor() == 1 && month(ride).equals(name));
            assertThat(shown).anyMatch(line -> line.matches(name + " +" + rides));
        }
    }

    private static boolean inMarch(Ride ride) {
        return month(ride).equals("2016-03");
    }

    private static String month(Ride ride) {
        return Instant.ofEpochMilli(ride.pickedUp()).toString().substring(0, 7);
    }

    private static long count(Predicate<Ride> which) {
        return Rides.all().stream().filter(which).count();
    }

    /** How long a vendor's longest ride took, after the corrections. */
    private static int longest(int vendor) {
        return Rides.corrections().stream()
                .filter(ride -> ride.vendor() == vendor)
                .mapToInt(Ride::seconds)
                .max()
                .orElseThrow();
    }
}
