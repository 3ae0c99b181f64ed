@NullMarked
package io.millrace.plan;

import org.jspecify.annotations.NullMarked;
