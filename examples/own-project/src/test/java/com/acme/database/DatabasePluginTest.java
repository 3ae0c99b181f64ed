package com.acme.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.HoconReader;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import org.junit.jupiter.api.Test;

class DatabasePluginTest {

    @Test
    void everythingWrongIsFoundAtOnce() {
        assertThatThrownBy(() -> planned("{ url = \"jdbc:h2:mem:shop\"\n  tabel = totals\n  pasword = secret }"))
                .hasMessage(
                        """
                        report.conf:3:32  pipegraph.models.totals.value.table: is missing
                        report.conf:4:3  pipegraph.models.totals.value.tabel: unknown key; did you mean "table"? (known: password, table, url, user)
                        report.conf:5:3  pipegraph.models.totals.value.pasword: unknown key; did you mean "password"? (known: password, table, url, user)""");
    }

    @Test
    void thePlanShowsNoPassword() {
        String plan = planned("{ url = \"jdbc:h2:mem:shop;PASSWORD=a\", table = totals, password = b }")
                .describe()
                .text();

        assertThat(plan).endsWith("output  totals             table totals of jdbc:h2:mem:shop, exactly once");
    }

    private static PipegraphPlan planned(String value) {
        String text =
                """
                pipegraph { name = report
                  models { orders { product = files, value { path = "/orders", format = parquet } }
                  totals { product = database, value %s }
                  }
                  etls = [ { name = totals, inputs { orders = orders }, output = totals } ] }
                """
                        .formatted(value);
        return new Planner(PluginRegistry.ofClassPath())
                .plan(PipegraphLoader.load(HoconReader.parse("report.conf", text)));
    }
}
