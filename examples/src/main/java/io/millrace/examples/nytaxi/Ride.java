package io.millrace.examples.nytaxi;

import java.util.Locale;
import java.util.Random;

/**
 * A ride of a taxi, as its vendor reports it.
 *
 * @param id unique
 * @param vendor 1 or 2
 * @param pickedUp in milliseconds since 1970, UTC
 * @param seconds how long it took
 * @param passengers how many people rode
 * @param from where it began
 * @param to where it ended
 * @param stored whether the report was kept in the car for a while before it was sent
 */
record Ride(String id, int vendor, long pickedUp, int seconds, int passengers, Place from, Place to, boolean stored) {

    /** A point on the map, in degrees. */
    record Place(double longitude, double latitude) {

        static Place random(Random random) {
            return new Place(-74.02 + random.nextDouble() * 0.1, 40.70 + random.nextDouble() * 0.1);
        }
    }

    /** The same ride, which took longer than was reported. */
    Ride lasting(int longer) {
        return new Ride(id, vendor, pickedUp, longer, passengers, from, to, stored);
    }

    /** Returns one line of JSON. */
    String json() {
        return String.format(
                Locale.ROOT,
                "{\"id\":\"%s\",\"vendor_id\":%d,\"pickup_datetime\":%d,\"dropoff_datetime\":%d,\"passenger_count\":%d,"
                        + "\"pickup_longitude\":%.5f,\"pickup_latitude\":%.5f,\"dropoff_longitude\":%.5f,\"dropoff_latitude\":%.5f,"
                        + "\"store_and_fwd_flag\":\"%s\",\"trip_duration\":%d}",
                id,
                vendor,
                pickedUp,
                pickedUp + seconds * 1000L,
                passengers,
                from.longitude(),
                from.latitude(),
                to.longitude(),
                to.latitude(),
                stored ? "Y" : "N",
                seconds);
    }
}
