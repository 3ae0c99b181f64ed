package io.millrace.iceberg.internal.action;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.actions.RewriteManifests;
import org.apache.iceberg.spark.actions.RewriteManifestsSparkAction;
import org.jspecify.annotations.Nullable;

/**
 * Groups the entries of a table's manifests by partition, so that a query reads fewer of them.
 *
 * @param spec the id of the partition spec whose manifests are rewritten; null for the current one
 * @param caching whether the entries are kept in memory while they are rewritten
 */
record ManifestRewrite(@Nullable Long spec, boolean caching) implements TableWork {

    static Optional<ManifestRewrite> decode(ActionOptions options) {
        Optional<Long> spec = options.number("spec-id");
        boolean caching = options.isTrue("use-caching");
        return options.build(() -> new ManifestRewrite(spec.orElse(null), caching));
    }

    @Override
    public Map<String, Object> on(TableActionTarget target) {
        Table table = target.existing();
        return target.doing("cannot rewrite the manifests of", () -> {
            Map<String, Object> figures = new LinkedHashMap<>();
            if (table.currentSnapshot() == null) {
                figures.put("manifests rewritten", 0L);
                return figures;
            }
            RewriteManifestsSparkAction action = target.actions().rewriteManifests(table);
            if (spec != null) {
                action.specId(Math.toIntExact(spec));
            }
            action.option(RewriteManifestsSparkAction.USE_CACHING, Boolean.toString(caching));
            RewriteManifests.Result result = action.execute();
            figures.put("manifests rewritten", count(result.rewrittenManifests()));
            figures.put("manifests added", count(result.addedManifests()));
            return figures;
        });
    }

    private static long count(Iterable<ManifestFile> manifests) {
        return StreamSupport.stream(manifests.spliterator(), false).count();
    }
}
