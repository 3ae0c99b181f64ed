/** Several pipegraphs in one application: jobs, what they wait for, and how they run side by side. */
@NullMarked
package io.millrace.workflow;

import org.jspecify.annotations.NullMarked;
