package io.millrace.cli.internal.run;

import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.SparkJobInfo;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.SparkStatusTracker;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** How far Spark is with the tasks it knows of now. */
public final class SparkTasks {

    private final SparkStatusTracker tracker;

    public SparkTasks(SparkSession session) {
        this.tracker = session.sparkContext().statusTracker();
    }

    /** Writes how far all of it is: {@code  (task 3 of 8)}; nothing where there is nothing to do. */
    public String all() {
        return written(active());
    }

    /** Writes how far the jobs of a group are. */
    public String ofGroup(String group) {
        Set<Integer> stages = new TreeSet<>();
        for (int job : tracker.getJobIdsForGroup(group)) {
            Option<SparkJobInfo> info = tracker.getJobInfo(job);
            if (info.isDefined()) {
                for (int stage : info.get().stageIds()) {
                    stages.add(stage);
                }
            }
        }
        stages.retainAll(active());
        return written(stages);
    }

    private Set<Integer> active() {
        Set<Integer> stages = new TreeSet<>();
        for (int stage : tracker.getActiveStageIds()) {
            stages.add(stage);
        }
        return stages;
    }

    private String written(Set<Integer> stages) {
        int all = 0;
        int done = 0;
        for (int stage : stages) {
            Option<SparkStageInfo> info = tracker.getStageInfo(stage);
            if (info.isDefined()) {
                all += info.get().numTasks();
                done += info.get().numCompletedTasks();
            }
        }
        return all == 0 ? "" : " (task " + done + " of " + all + ")";
    }
}
