package io.millrace.parallelwrite;

class ParquetEntityIT extends EntityContract {

    ParquetEntityIT() {
        super("Parquet");
    }
}
