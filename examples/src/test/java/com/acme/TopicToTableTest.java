package com.acme;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.HoconReader;
import io.millrace.load.LoadedPipegraph;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import org.junit.jupiter.api.Test;

class TopicToTableTest {

    @Test
    void thePipegraphOfThePageIsPlanned() {
        PipegraphPlan plan = new Planner(PluginRegistry.ofClassPath())
                .plan(LoadedPipegraph.of(
                        TopicToTable.rides("localhost:9092", "/data/_millrace"), HoconReader.parse("settings", "")));

        assertThat(plan.warnings()).isEmpty();
        assertThat(plan.describe().text())
                .contains("topic dev.rides at localhost:9092", "Iceberg table icebase.raw01.rides", "parquet files in");
    }
}
