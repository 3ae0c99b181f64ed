package io.millrace.parallelwrite;

import org.junit.jupiter.api.Tag;

@Tag("thorough")
class ParquetEntityIT extends EntityContract {

    ParquetEntityIT() {
        super("Parquet");
    }
}
