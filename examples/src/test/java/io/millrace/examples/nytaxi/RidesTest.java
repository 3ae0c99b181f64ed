package io.millrace.examples.nytaxi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RidesTest {

    @Test
    void eachVendorHasItsRidesTheSameAtEveryCall() {
        assertThat(Rides.all())
                .isEqualTo(Rides.all())
                .hasSize(Rides.OF_VENDOR_ONE + Rides.OF_VENDOR_TWO)
                .extracting(Ride::id)
                .doesNotHaveDuplicates();
        assertThat(Rides.all().stream().filter(ride -> ride.vendor() == 1)).hasSize(Rides.OF_VENDOR_ONE);
    }

    @Test
    void aRideIsALineOfJson() {
        Ride.Place station = new Ride.Place(-73.97655, 40.75241);
        Ride ride = new Ride("id1", 2, 1_456_876_800_000L, 600, 3, station, new Ride.Place(-74, 40.7), true);

        assertThat(ride.json())
                .isEqualTo(
                        "{\"id\":\"id1\",\"vendor_id\":2,\"pickup_datetime\":1456876800000,\"dropoff_datetime\":1456877400000,"
                                + "\"passenger_count\":3,\"pickup_longitude\":-73.97655,\"pickup_latitude\":40.75241,"
                                + "\"dropoff_longitude\":-74.00000,\"dropoff_latitude\":40.70000,\"store_and_fwd_flag\":\"Y\",\"trip_duration\":600}");
    }
}
