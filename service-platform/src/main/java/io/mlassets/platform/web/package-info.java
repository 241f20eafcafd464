/** HTTP: bearer tokens, roles, problem details, paging. */
package io.mlassets.platform.web;
