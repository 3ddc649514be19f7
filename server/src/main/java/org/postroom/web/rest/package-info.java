/** REST under {@code /api/v1}, its description under {@code /api/openapi.json}. */
@NullMarked
package org.postroom.web.rest;

import org.jspecify.annotations.NullMarked;
