package com.acme;

import com.typesafe.config.Config;
import io.millrace.catalog.CatalogCoordinates;
import io.millrace.catalog.EntityCatalogConfiguration;
import io.millrace.catalog.ParallelWriteEntity;
import java.net.URI;

/** Our lake: a server for each entity, a database for each domain. */
public final class LakeCatalog extends EntityCatalogConfiguration {

    private String servers = "";

    @Override
    protected void configure(Config root) {
        servers = root.getString("lake.servers");
    }

    @Override
    public ParallelWriteEntity getEntity(CatalogCoordinates coordinates) {
        return ParallelWriteEntity.http(URI.create(servers + "/" + coordinates.domain() + "/" + coordinates.name()));
    }

    @Override
    public String getEntityTableName(CatalogCoordinates coordinates) {
        return coordinates.domain() + "." + coordinates.name() + "_" + coordinates.version();
    }
}
