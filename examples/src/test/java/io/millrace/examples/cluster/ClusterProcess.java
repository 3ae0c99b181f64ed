package io.millrace.examples.cluster;

import java.util.Arrays;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;

/** A master or a worker, which says on its standard output what it does. */
final class ClusterProcess {

    private ClusterProcess() {}

    /** Takes the file of the logging, the class, and its arguments. */
    public static void main(String[] arguments) {
        Configurator.initialize(null, arguments[0]);
        String[] own = Arrays.copyOfRange(arguments, 2, arguments.length);
        if (arguments[1].equals(Master.class.getName())) {
            Master.main(own);
        } else {
            Worker.main(own);
        }
    }
}
