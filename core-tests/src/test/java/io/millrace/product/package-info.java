@NullMarked
package io.millrace.product;

import org.jspecify.annotations.NullMarked;
