package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.LauncherFolder.Outcome;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher as a process of its own, with stand-ins for java, mvn and spark-submit. */
@Tag("processes")
class LauncherTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void refusesAnOldJava() throws Exception {
        Outcome outcome = LauncherFolder.built(folder, "")
                .java("11.0.22", folder.resolve("arguments"))
                .run("check", "a.conf");

        assertThat(outcome)
                .isEqualTo(
                        new Outcome(
                                2,
                                "",
                                "millrace: needs Java 17 or 21, but " + folder
                                        + "/programs/java is Java 11.0.22 (from the PATH; JAVA_HOME is not set); install a JDK 17 or 21\n"));
    }

    @Test
    void refusesAnOldJavaThatJavaHomeNames() throws Exception {
        Path old = folder.resolve("jdk8");
        LauncherFolder.script(old.resolve("bin/java"), "echo 'java version \"1.8.0_292\"' >&2");

        Outcome outcome = LauncherFolder.built(folder, "")
                .java("17.0.10", folder.resolve("arguments"))
                .with("JAVA_HOME", old.toString())
                .run("check", "a.conf");

        assertThat(outcome)
                .isEqualTo(new Outcome(
                        2,
                        "",
                        "millrace: needs Java 17 or 21, but " + old + "/bin/java is Java 1.8.0_292 (by JAVA_HOME=" + old
                                + "); install a JDK 17 or 21\n"));
    }

    @Test
    void asksForAJava() throws Exception {
        assertThat(LauncherFolder.built(folder, "").run("check", "a.conf"))
                .isEqualTo(new Outcome(
                        2, "", "millrace: no java in the PATH, and JAVA_HOME is not set; install a JDK 17 or 21\n"));
    }

    @Test
    void refusesAJavaHomeWithoutJava() throws Exception {
        assertThat(LauncherFolder.built(folder, "")
                        .with("JAVA_HOME", "/nowhere")
                        .run("check", "a.conf"))
                .isEqualTo(new Outcome(
                        2,
                        "",
                        "millrace: there is no bin/java in JAVA_HOME=/nowhere; set JAVA_HOME to a JDK 17 or 21\n"));
    }

    @Test
    void asksForMavenToBuild() throws Exception {
        assertThat(LauncherFolder.fresh(folder)
                        .java("17.0.10", folder.resolve("arguments"))
                        .run("check", "a.conf"))
                .isEqualTo(
                        new Outcome(
                                2,
                                "",
                                "millrace: has to be built once, and there is no mvn in the PATH; install Maven 3.8 or later\n"));
    }

    @Test
    void refusesAnOldMaven() throws Exception {
        assertThat(LauncherFolder.fresh(folder)
                        .java("17.0.10", folder.resolve("arguments"))
                        .program("mvn", "echo 'Apache Maven 3.6.3 (abc)'")
                        .run("check", "a.conf"))
                .isEqualTo(new Outcome(
                        2,
                        "",
                        "millrace: needs Maven 3.8 or later to be built, but " + folder
                                + "/programs/mvn is version 3.6.3\n"));
    }

    @Test
    void namesTheLogOfABuildThatFails() throws Exception {
        LauncherFolder launcher = LauncherFolder.fresh(folder)
                .java("17.0.10", folder.resolve("arguments"))
                .program(
                        "mvn",
                        """
                        if [ "$1" = -v ]; then echo 'Apache Maven 3.8.7'; exit; fi
                        echo '[INFO] a line'
                        echo '[ERROR] something is wrong'
                        exit 1
                        """);

        Outcome outcome = launcher.run("check", "a.conf");

        Path log = launcher.home().resolve("cli/target/launcher/build.log");
        assertThat(outcome)
                .isEqualTo(new Outcome(
                        2,
                        "",
                        """
                        millrace: building; the first time takes some minutes
                        [ERROR] something is wrong
                        millrace: the build failed; its whole output is in %s
                        """
                                .formatted(log)));
        assertThat(log).hasContent("[INFO] a line\n[ERROR] something is wrong\n");
    }

    @Test
    void buildsOnFirstUseAndAfterAChange() throws Exception {
        Path builds = folder.resolve("builds");
        LauncherFolder launcher = LauncherFolder.built(folder, "")
                .java("17.0.10", folder.resolve("arguments"))
                .program(
                        "mvn",
                        """
                        if [ "$1" = -v ]; then echo 'Apache Maven 4.0.0'; exit; fi
                        printf '%%s\\n' "$*" >>'%s'
                        """
                                .formatted(builds));
        Path done = launcher.home().resolve("cli/target/launcher/done");

        assertThat(launcher.run("check", "a.conf")).isEqualTo(new Outcome(0, "", ""));
        assertThat(builds).doesNotExist();

        Files.setLastModifiedTime(done, FileTime.from(Instant.now().minusSeconds(3600)));
        Outcome changed = launcher.run("check", "a.conf");

        assertThat(changed)
                .isEqualTo(
                        new Outcome(
                                0,
                                "",
                                """
                        millrace: building; the first time takes some minutes
                        millrace: preparing quick starts of Java 17.0.10
                        """));
        assertThat(builds)
                .hasContent(
                        "-B -Plauncher -pl examples -am package -Dmaven.test.skip=true -Dmaven.javadoc.skip=true -Dmaven.source.skip=true\n");
        assertThat(launcher.run("check", "a.conf")).isEqualTo(new Outcome(0, "", ""));
    }

    @Test
    void makesAnArchiveForAJavaThatHasNone() throws Exception {
        Path arguments = folder.resolve("arguments");
        LauncherFolder launcher = LauncherFolder.built(folder, "")
                .program(
                        "java",
                        """
                        case $* in
                          -version) echo 'openjdk version "21.0.2" 2024-01-16' >&2 ;;
                          *ArchiveClassesAtExit*)
                            printf '%%s\\n' "${@: -6}" >'%s'
                            for argument in "$@"; do
                              case $argument in
                                -XX:ArchiveClassesAtExit=*) echo classes >"${argument#*=}" ;;
                              esac
                            done
                            echo 'what a run says' ;;
                          *) echo "$*" | grep -o 'SharedArchiveFile=[^ ]*/a checkout/[^ ]*' ;;
                        esac
                        """
                                .formatted(arguments));
        Path archive = launcher.home().resolve("cli/target/launcher/run-21.0.2.jsa");

        assertThat(launcher.run("run", "a.conf"))
                .isEqualTo(new Outcome(
                        0, "SharedArchiveFile=" + archive + "\n", "millrace: preparing quick starts of Java 21.0.2\n"));
        assertThat(archive).hasContent("classes\n");
        assertThat(arguments)
                .content()
                .matches("run\n.*/cli/target/launcher/training.conf\n--set\nfolder=.*/training\n--date\n2024-01-03\n");
        assertThat(launcher.run("run", "a.conf")).isEqualTo(new Outcome(0, "SharedArchiveFile=" + archive + "\n", ""));
    }

    @Test
    void becomesAJvmThatStartsQuickly() throws Exception {
        Path arguments = folder.resolve("arguments");
        LauncherFolder launcher = LauncherFolder.built(folder, "")
                .java("17.0.10", arguments)
                .with("MILLRACE_CLASSPATH", "/own/a.jar:/own/b");

        assertThat(launcher.run("check", "a b.conf", "--set", "x=$y 'z'")).isEqualTo(new Outcome(0, "", ""));

        String home = launcher.home().toString();
        assertThat(arguments)
                .content()
                .isEqualTo(String.join(
                        "\n",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xss4m",
                        "-Xmx256m",
                        "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                        "-Dslf4j.internal.verbosity=ERROR",
                        "-Xshare:auto",
                        "-Xlog:disable",
                        "-Xlog:all=error:stderr",
                        "-XX:SharedArchiveFile=" + home + "/cli/target/launcher/check-17.0.10.jsa",
                        "-Dmillrace.home=" + home,
                        "-cp",
                        home + "/cli/target/cli.jar:" + home + "/broker.jar:" + home
                                + "/examples/target/examples.jar:/own/a.jar:/own/b",
                        "io.millrace.cli.Main",
                        "check",
                        "a b.conf",
                        "--set",
                        "x=$y 'z'",
                        ""));
    }

    @Test
    void becomesAJvmForSpark() throws Exception {
        Path arguments = folder.resolve("arguments");
        LauncherFolder launcher = LauncherFolder.built(folder, "")
                .java("17.0.10", arguments)
                .with("MILLRACE_HEAP", "3g")
                .with("MILLRACE_JAVA_OPTS", "-Da=1 -Db=2");
        Path link = Files.createSymbolicLink(folder.resolve("link"), launcher.script());

        assertThat(launcher.run(link, "run", "a.conf", "--spark-master", "local[2]"))
                .isEqualTo(new Outcome(0, "", ""));

        String home = launcher.home().toString();
        assertThat(arguments)
                .content()
                .isEqualTo(String.join(
                        "\n",
                        "-Dspark.option=1",
                        "-Xss4m",
                        "-Xmx3g",
                        "-XX:Tier4InvocationThreshold=50000",
                        "-XX:Tier4MinInvocationThreshold=6000",
                        "-XX:Tier4CompileThreshold=150000",
                        "-XX:Tier4BackEdgeThreshold=400000",
                        "-Xshare:auto",
                        "-Xlog:disable",
                        "-Xlog:all=error:stderr",
                        "-XX:SharedArchiveFile=" + home + "/cli/target/launcher/run-17.0.10.jsa",
                        "-Da=1",
                        "-Db=2",
                        "-Dmillrace.home=" + home,
                        "-cp",
                        home + "/cli/target/cli.jar:" + home + "/broker.jar:" + home + "/examples/target/examples.jar",
                        "io.millrace.cli.Main",
                        "run",
                        "a.conf",
                        "--spark-master",
                        "local[2]",
                        ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--metastore=tables",
                "--metastore tables",
                "--spark-conf spark.sql.catalogImplementation=hive",
                "--spark-conf=spark.sql.catalogImplementation=hive"
            })
    void addsHiveWhereAMetastoreIsAskedFor(String options) throws Exception {
        Path arguments = folder.resolve("arguments");
        Path spark = Files.writeString(folder.resolve("spark.jar"), "");
        LauncherFolder launcher = LauncherFolder.built(folder, spark.toString())
                .java("17.0.10", arguments)
                .with("MILLRACE_CLASSPATH", "/own/a.jar");

        assertThat(launcher.run(Stream.concat(Stream.of("run", "a.conf"), Stream.of(options.split(" ", -1)))
                        .toArray(String[]::new)))
                .isEqualTo(new Outcome(0, "", ""));

        String home = launcher.home().toString();
        assertThat(Files.readAllLines(arguments))
                .contains(home + "/cli/target/cli.jar:" + spark + ":" + home + "/broker.jar:" + home
                        + "/examples/target/examples.jar:/repository/spark-hive.jar:/repository/derby.jar:/own/a.jar");
    }

    @Test
    void leavesWhatDemosNeedAtHomeWhereAClusterGetsTheClassPath() throws Exception {
        Path arguments = folder.resolve("arguments");
        LauncherFolder launcher = LauncherFolder.built(folder, "").java("17.0.10", arguments);

        assertThat(launcher.run("run", "a.conf", "--spark-master", "spark://host:7077"))
                .isEqualTo(new Outcome(0, "", ""));

        String home = launcher.home().toString();
        assertThat(arguments)
                .content()
                .contains("\n-cp\n" + home + "/cli/target/cli.jar:" + home + "/examples/target/examples.jar\n");
    }

    @Test
    void handsOtherMastersToSparkSubmit() throws Exception {
        Path arguments = folder.resolve("arguments");
        Path spark = spark("spark-core_2.13-4.1.1.jar", "log4j-api-2.24.3.jar");
        LauncherFolder.script(spark.resolve("bin/spark-submit"), "printf '%s\\n' \"$@\" >'" + arguments + "'");
        Path delta = Files.writeString(folder.resolve("delta-spark_4.1_2.13-4.4.0.jar"), "");
        Path log4j = Files.writeString(folder.resolve("log4j-api-2.24.3.jar"), "");
        LauncherFolder launcher = LauncherFolder.built(folder, delta + ":" + log4j)
                .java("17.0.10", folder.resolve("unused"))
                .with("SPARK_HOME", spark.toString())
                .with("MILLRACE_CLASSPATH", "/own/strategies.jar");

        Outcome outcome = launcher.run(
                "run", "a b.conf", "--spark-master=yarn", "--spark-conf", "spark.yarn.queue=a b", "--spark-conf=x=y");

        assertThat(outcome).isEqualTo(new Outcome(0, "", ""));
        String home = launcher.home().toString();
        assertThat(arguments)
                .content()
                .isEqualTo(String.join(
                        "\n",
                        "--master",
                        "yarn",
                        "--conf",
                        "spark.yarn.queue=a b",
                        "--conf",
                        "x=y",
                        "--jars",
                        delta + "," + home + "/examples/target/examples.jar,/own/strategies.jar",
                        "--class",
                        "io.millrace.cli.Main",
                        home + "/cli/target/cli.jar",
                        "run",
                        "a b.conf",
                        "--spark-master=yarn",
                        "--spark-conf",
                        "spark.yarn.queue=a b",
                        "--spark-conf=x=y",
                        ""));
    }

    @Test
    void asksForTheSparkThatSubmits() throws Exception {
        LauncherFolder launcher = LauncherFolder.built(folder, "").java("17.0.10", folder.resolve("unused"));
        List<String> command = List.of("run", "a.conf", "--spark-master", "k8s://https://host");

        assertThat(launcher.run(command.toArray(String[]::new)))
                .isEqualTo(new Outcome(
                        2,
                        "",
                        "millrace: --spark-master k8s://https://host needs a Spark distribution: "
                                + "set SPARK_HOME to its folder (local and spark:// need none)\n"));

        Path other = spark("spark-core_2.13-3.5.1.jar");
        launcher.with("SPARK_HOME", other.toString());
        assertThat(launcher.run(command.toArray(String[]::new)))
                .isEqualTo(new Outcome(2, "", "millrace: there is no bin/spark-submit in SPARK_HOME=" + other + "\n"));

        LauncherFolder.script(other.resolve("bin/spark-submit"), "exit 0");
        assertThat(launcher.run(command.toArray(String[]::new)))
                .isEqualTo(new Outcome(
                        2,
                        "",
                        "millrace: needs the Spark that brings spark-core_2.13-4.1.1.jar, and SPARK_HOME=" + other
                                + " has no such file in jars\n"));
    }

    @Test
    void submitsNoFoldersOfClasses() throws Exception {
        Path spark = spark("spark-core_2.13-4.1.1.jar");
        LauncherFolder.script(spark.resolve("bin/spark-submit"), "exit 0");
        Path classes = Files.createDirectories(folder.resolve("classes"));

        assertThat(LauncherFolder.built(folder, "")
                        .java("17.0.10", folder.resolve("unused"))
                        .with("SPARK_HOME", spark.toString())
                        .with("MILLRACE_CLASSPATH", "/own/a.jar:" + classes)
                        .run("run", "a.conf", "--spark-master", "yarn"))
                .isEqualTo(new Outcome(
                        2,
                        "",
                        "millrace: MILLRACE_CLASSPATH names the folder " + classes
                                + ", but spark-submit takes jars only; make a jar of it\n"));
    }

    @Test
    void runsFromAFolderWithSpaces() throws Exception {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath())
                .filter(Files::exists)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        LauncherFolder launcher =
                LauncherFolder.built(folder, classPath).with("JAVA_HOME", System.getProperty("java.home"));
        String version = System.getProperty("java.version");
        Files.writeString(launcher.home().resolve("cli/target/launcher/check-" + version + ".jsa"), "");
        Path file = Files.writeString(
                folder.resolve("a pipegraph.conf"),
                """
                pipegraph {
                  name = x
                  models { in { product = table, value { name = t } }, out { product = console } }
                  etls = [ { name = e, inputs { t = in }, output = out } ]
                }
                """);

        assertThat(launcher.run("check", file.toString()))
                .isEqualTo(new Outcome(
                        0,
                        "nothing is wrong with pipegraph x (1 ETL, 2 models)\nnext: millrace plan '" + file + "'\n",
                        ""));
    }

    private Path spark(String... jars) throws Exception {
        Path spark = folder.resolve("spark");
        Files.createDirectories(spark.resolve("jars"));
        for (String jar : jars) {
            Files.writeString(spark.resolve("jars").resolve(jar), "");
        }
        return spark;
    }
}
