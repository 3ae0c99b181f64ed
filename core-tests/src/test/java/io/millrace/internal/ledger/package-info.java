@NullMarked
package io.millrace.internal.ledger;

import org.jspecify.annotations.NullMarked;
