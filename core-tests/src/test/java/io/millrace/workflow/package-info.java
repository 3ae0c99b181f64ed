@NullMarked
package io.millrace.workflow;

import org.jspecify.annotations.NullMarked;
