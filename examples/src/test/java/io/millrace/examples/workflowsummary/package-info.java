@NullMarked
package io.millrace.examples.workflowsummary;

import org.jspecify.annotations.NullMarked;
