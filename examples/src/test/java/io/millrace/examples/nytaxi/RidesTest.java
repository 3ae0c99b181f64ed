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
        assertThat(Rides.all().get(0).json()).isEqualTo("");
    }
}
