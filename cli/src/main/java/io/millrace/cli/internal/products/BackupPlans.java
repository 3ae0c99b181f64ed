package io.millrace.cli.internal.products;

import io.millrace.config.HoconReader;
import io.millrace.load.LoadedPipegraph;
import io.millrace.model.Pipegraph;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.product.Backup;
import org.jspecify.annotations.Nullable;

/** What the commands on backups have in common, whose pipegraphs are in no file. */
final class BackupPlans {

    private BackupPlans() {}

    /** The files of a backup, each record as it is. */
    static Backup files(String folder, @Nullable String pattern) {
        Backup files = Backup.text(folder);
        return pattern == null ? files : files.filePattern(pattern);
    }

    static PipegraphPlan plan(Pipegraph pipegraph) {
        return new Planner(PluginRegistry.ofClassPath())
                .plan(LoadedPipegraph.of(pipegraph, HoconReader.parse("settings", "")));
    }
}
