package io.millrace.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.workflow.JobGraph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobGraphTest {

    private static List<String> faults(Node... nodes) {
        return JobGraph.faults(List.of(nodes)).stream()
                .map(fault -> fault.job() + " " + fault.waitsFor().orElse("-") + ": " + fault.message())
                .toList();
    }

    private static Node job(String name, String... after) {
        return new Node(name, List.of(after));
    }

    @Test
    void jobsThatWaitForThoseThereAreAreRight() {
        assertThat(faults(job("c", "a", "b"), job("a"), job("b", "a"))).isEmpty();
    }

    @Test
    void twoJobsOfOneNameAreAFault() {
        assertThat(faults(job("a"), job("b"), job("a", "b"), job("a")))
                .containsExactly(
                        "2 -: two jobs are named \"a\"; rename one", "3 -: two jobs are named \"a\"; rename one");
    }

    @Test
    void theNearestNameIsSuggested() {
        assertThat(faults(job("vendor-one"), job("sum", "vendor-on", "x")))
                .containsExactly(
                        "1 vendor-on: no job is named \"vendor-on\"; did you mean \"vendor-one\"? (known: sum, vendor-one)",
                        "1 x: no job is named \"x\"; known: sum, vendor-one");
    }

    @Test
    void ofManyJobsOnlyTheNearestNameIsShown() {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            nodes.add(job("load-" + i));
        }
        nodes.add(job("sum", "laod-7", "everything"));

        assertThat(faults(nodes.toArray(Node[]::new)))
                .containsExactly(
                        "100 laod-7: no job is named \"laod-7\"; did you mean \"load-7\"?",
                        "100 everything: no job is named \"everything\"; there are 101 others");
    }

    @Test
    void aCircleIsShownWhole() {
        assertThat(faults(job("first"), job("a", "first", "c"), job("b", "a"), job("c", "b"), job("last", "c")))
                .containsExactly(
                        "1 c: jobs wait for each other in a circle: a -> c -> b -> a; let one of them not wait");
    }

    @Test
    void eachCircleIsShown() {
        assertThat(faults(job("a", "b"), job("b", "a"), job("x", "x"), job("c", "a", "x")))
                .containsExactly(
                        "0 b: jobs wait for each other in a circle: a -> b -> a; let one of them not wait",
                        "2 x: jobs wait for each other in a circle: x -> x; let one of them not wait");
    }

    @Test
    void aLongChainIsNoTrouble() {
        int jobs = 2_000;
        List<Node> chain = Stream.iterate(0, i -> i + 1)
                .limit(jobs)
                .map(i -> i == 0 ? job("j0") : job("j" + i, "j" + (i - 1)))
                .toList();

        assertThat(JobGraph.faults(chain)).isEmpty();
    }
}
