package io.millrace.iceberg;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.jdbc.JdbcCatalog;

/** The embedded catalog with a fault at each commit to a table that is there, which its property {@code fault} names. */
public final class FaultyCatalog extends JdbcCatalog {

    private String name = "";
    private Map<String, String> properties = Map.of();

    /** What goes wrong. */
    enum Fault {
        /** Somebody else's commit comes first, each time. */
        RIVAL,
        /** Once committed, the answer gets lost. */
        ANSWER_LOST,
        /** Nobody knows what came of it; nothing did. */
        UNKNOWN,
        /** The catalog refuses. */
        REFUSED
    }

    /** Called by Iceberg. */
    public FaultyCatalog() {}

    @Override
    public void initialize(String given, Map<String, String> all) {
        name = all.getOrDefault("real-name", given);
        properties = Map.copyOf(all);
        super.initialize(name, all);
    }

    @Override
    protected TableOperations newTableOps(TableIdentifier table) {
        return new Faulty(table, super.newTableOps(table));
    }

    private void rival(TableIdentifier table) {
        try (JdbcCatalog other = new JdbcCatalog()) {
            other.setConf(new Configuration());
            other.initialize(name, properties);
            AppendFiles append = other.loadTable(table).newAppend();
            append.set(properties.getOrDefault("rival-key", "who"), properties.getOrDefault("rival-value", "rival"));
            append.commit();
        }
    }

    private final class Faulty implements TableOperations {

        private final TableIdentifier table;
        private final TableOperations real;

        Faulty(TableIdentifier table, TableOperations real) {
            this.table = table;
            this.real = real;
        }

        @Override
        public void commit(TableMetadata base, TableMetadata metadata) {
            if (base == null) {
                real.commit(base, metadata);
                return;
            }
            switch (Fault.valueOf(properties.getOrDefault("fault", ""))) {
                case RIVAL -> {
                    rival(table);
                    real.commit(base, metadata);
                }
                case ANSWER_LOST -> {
                    real.commit(base, metadata);
                    throw new CommitStateUnknownException(new IllegalStateException("the line is dead"));
                }
                case UNKNOWN -> throw new CommitStateUnknownException(new IllegalStateException("the line is dead"));
                case REFUSED -> throw new ForbiddenException("not by you");
            }
        }

        @Override
        public TableMetadata current() {
            return real.current();
        }

        @Override
        public TableMetadata refresh() {
            return real.refresh();
        }

        @Override
        public FileIO io() {
            return real.io();
        }

        @Override
        public EncryptionManager encryption() {
            return real.encryption();
        }

        @Override
        public String metadataFileLocation(String fileName) {
            return real.metadataFileLocation(fileName);
        }

        @Override
        public LocationProvider locationProvider() {
            return real.locationProvider();
        }

        @Override
        public long newSnapshotId() {
            return real.newSnapshotId();
        }
    }
}
