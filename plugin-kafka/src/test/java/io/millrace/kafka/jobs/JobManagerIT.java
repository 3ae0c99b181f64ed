package io.millrace.kafka.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.broker.KafkaCluster;
import io.millrace.config.MillraceException;
import io.millrace.kafka.jobs.JobManager.JobRunner;
import io.millrace.spi.Slice;
import io.millrace.testkit.MillraceKafka;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MillraceKafka.class)
class JobManagerIT {

    private static final LocalDate DAY = LocalDate.of(2024, 1, 23);

    private final KafkaCluster broker;
    private final String topic = MillraceKafka.topic("jobs");
    private final ConcurrentLinkedQueue<String> done = new ConcurrentLinkedQueue<>();

    JobManagerIT(KafkaCluster broker) {
        this.broker = broker;
        broker.createTopic(topic, 2);
        broker.createTopic(topic + "-dead", 1);
    }

    @Test
    void jobsComeAsTheyWereSentAndAMessageStops() {
        JobMessage whole =
                new JobMessage("wfs", "/etl/wfs.conf", Map.of("lake", "/lake"), new Slice(DAY, List.of(0, 3), null));
        JobMessage bare = new JobMessage("com.acme.Other", null, Map.of(), Slice.ALL);
        try (JobTopic jobs = open()) {
            jobs.send(List.of(whole, bare));
            manager(jobs, 2, job -> {
                        done.add(job.toString());
                        assertThat(job).isIn(whole, bare);
                        if (done.size() == 2) {
                            jobs.sendStop();
                        }
                    })
                    .run();
        }

        assertThat(done).containsExactlyInAnyOrder("wfs, date=2024-01-23, partitions=0,3", "com.acme.Other, all");
        assertThat(letters()).isEmpty();
    }

    @Test
    void whatIsNoJobAndWhatFailsAreDeadLettersAndTheOthersGoOn() {
        broker.send(
                topic,
                List.of(
                        "no json",
                        "[]",
                        "{\"modell\": \"wfs\", \"config\": {\"date\": \"today\", \"partitions\": \"3-1\", \"files\": 1}}",
                        "{\"model\": \"wfs\", \"config\": 7}",
                        "{\"model\": \"broken\"}",
                        "{\"model\": \"wfs\"}"));
        try (JobTopic jobs = open()) {
            manager(jobs, 3, job -> {
                        if (job.model().equals("broken")) {
                            throw MillraceException.user("it cannot be done");
                        }
                        done.add(job.model());
                        jobs.sendStop();
                    })
                    .run();
            // what was not taken before the stop is taken by the next one
            jobs.sendStop();
            manager(jobs, 3, job -> done.add(job.model())).run();
        }

        assertThat(done).containsExactly("wfs");
        assertThat(letters())
                .contains(
                        "no json: the message is not JSON: Unrecognized token 'no': was expecting (JSON String, Number, Array,"
                                + " Object or token 'null', 'true' or 'false')",
                        "[]: the message is no JSON object",
                        "{\"modell\": \"wfs\", \"config\": {\"date\": \"today\", \"partitions\": \"3-1\", \"files\": 1}}: modell is"
                                + " unknown; known: config, model; model is missing: the code of a data product; config.files is"
                                + " unknown; known: date, file, partitions, set; config.date: \"today\" is not a date such as"
                                + " 2024-01-03; config.partitions: \"3-1\" is not a list of partitions such as 0,3,8-15",
                        "{\"model\": \"wfs\", \"config\": 7}: config is no object",
                        "{\"model\": \"broken\"}: it cannot be done");
    }

    @Test
    void noMoreJobsRunAtOnceThanAreAllowedAndOneThatIsNotRecordedComesAgain() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch two = new CountDownLatch(2);
        try (JobTopic jobs = open()) {
            jobs.send(IntStream.range(0, 6)
                    .mapToObj(number -> new JobMessage("job-" + number, null, Map.of(), Slice.ALL))
                    .toList());
            JobRunner counting = job -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                two.countDown();
                two.await();
                running.decrementAndGet();
                done.add(job.model());
                if (done.size() == 6) {
                    jobs.sendStop();
                }
            };
            manager(jobs, 2, counting).run();
            assertThat(most).hasValue(2);
            assertThat(done).hasSize(6).doesNotHaveDuplicates();

            jobs.send(List.of(new JobMessage("unrecorded", null, Map.of(), Slice.ALL)));
            JobManager broken = new JobManager(jobs, "group-" + topic, "no topic of this name", 1, job -> {
                throw new IllegalStateException("lost");
            });
            assertThatThrownBy(broken::run)
                    .isInstanceOfSatisfying(MillraceException.class, failed -> assertThat(failed.kind())
                            .isEqualTo(MillraceException.Kind.EXTERNAL))
                    .hasMessageStartingWith("topic no topic of this name at " + broker.bootstrapServers() + ": ");
            manager(jobs, 1, job -> {
                        done.add(job.model());
                        jobs.sendStop();
                    })
                    .run();
            assertThat(done).hasSize(7).contains("unrecorded");
        }
    }

    private JobTopic open() {
        return new JobTopic(broker.bootstrapServers(), topic, Map.of("max.block.ms", "3000"));
    }

    private JobManager manager(JobTopic jobs, int maxConcurrent, JobRunner runner) {
        return new JobManager(jobs, "group-" + topic, topic + "-dead", maxConcurrent, runner);
    }

    private List<String> letters() {
        return broker.read(topic + "-dead").stream()
                .map((ConsumerRecord<byte[], byte[]> letter) -> new String(letter.value(), StandardCharsets.UTF_8)
                        + ": "
                        + new String(letter.headers().lastHeader("reason").value(), StandardCharsets.UTF_8))
                .toList();
    }
}
