@NullMarked
package io.millrace.workflow.flare;

import org.jspecify.annotations.NullMarked;
