package io.millrace.parallelwrite;

@Tag("thorough")
class ParquetEntityIT extends EntityContract {

    ParquetEntityIT() {
        super("Parquet");
    }
}
