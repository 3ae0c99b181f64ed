package com.acme.orders;

import com.typesafe.config.Config;
import io.millrace.catalog.CatalogCoordinates;
import io.millrace.catalog.EntityCatalogConfiguration;
import io.millrace.catalog.ParallelWriteEntity;

/** Where Acme's entities are: in one folder of the lake each, raw ones as Parquet, all others as Delta. */
public class LakeCatalog extends EntityCatalogConfiguration {

    private String lake = "";

    @Override
    protected void configure(Config root) {
        lake = root.getString("lake");
    }

    @Override
    public ParallelWriteEntity getEntity(CatalogCoordinates coordinates) {
        String format = coordinates.name().endsWith("_raw") ? "Parquet" : "Delta";
        return ParallelWriteEntity.local(format, lake + "/" + coordinates.domain() + "/" + coordinates.name());
    }

    @Override
    public String getEntityTableName(CatalogCoordinates coordinates) {
        return coordinates.name() + "_" + coordinates.version();
    }
}
