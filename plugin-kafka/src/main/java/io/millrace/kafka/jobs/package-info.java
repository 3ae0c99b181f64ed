/**
 * Jobs that are handed over by a topic: {@link io.millrace.kafka.jobs.JobTopic} sends them, and each {@link io.millrace.kafka.jobs.JobManager} of a group
 * takes some. A job is taken until its end was told, so that one whose job manager dies is taken by another.
 */
@NullMarked
package io.millrace.kafka.jobs;

import org.jspecify.annotations.NullMarked;
