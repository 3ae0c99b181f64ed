@NullMarked
package io.millrace.iceberg.internal.commit;

import org.jspecify.annotations.NullMarked;
