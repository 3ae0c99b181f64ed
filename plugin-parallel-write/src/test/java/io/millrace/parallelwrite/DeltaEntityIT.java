package io.millrace.parallelwrite;

class DeltaEntityIT extends EntityContract {

    DeltaEntityIT() {
        super("Delta");
    }
}
