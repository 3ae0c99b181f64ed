/** JUnit 5 support for pipelines and plugins: a Spark session, the contract of sinks, child processes to kill. */
@NullMarked
package io.millrace.testkit;

import org.jspecify.annotations.NullMarked;
