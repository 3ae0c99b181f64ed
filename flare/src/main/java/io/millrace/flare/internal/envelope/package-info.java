/** The workflow around the jobs: documents, the order of jobs, schedules, retries, and files with jobs of their own. */
@NullMarked
package io.millrace.flare.internal.envelope;

import org.jspecify.annotations.NullMarked;
