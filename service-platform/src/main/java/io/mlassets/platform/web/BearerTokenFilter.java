package io.mlassets.platform.web;

import io.mlassets.platform.TokenSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Turns {@code Authorization: Bearer …} into a role; compares in constant time. */
final class BearerTokenFilter extends OncePerRequestFilter {
  private static final String SCHEME = "Bearer ";
  private final byte[] operator;
  private final byte[] analyst;

  BearerTokenFilter(TokenSettings tokens) {
    tokens.check();
    operator = tokens.operator().token().getBytes(StandardCharsets.UTF_8);
    analyst = tokens.analyst().token().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Role role = roleOf(request.getHeader(HttpHeaders.AUTHORIZATION));
    if (role != null) {
      SecurityContext context = SecurityContextHolder.createEmptyContext();
      context.setAuthentication(
          UsernamePasswordAuthenticationToken.authenticated(
              role.actor(), null, List.of(new SimpleGrantedAuthority("ROLE_" + role.name()))));
      SecurityContextHolder.setContext(context);
    }
    chain.doFilter(request, response);
  }

  @Override
  protected boolean shouldNotFilterAsyncDispatch() {
    return false;
  }

  private @Nullable Role roleOf(@Nullable String header) {
    if (header == null || !header.startsWith(SCHEME)) {
      return null;
    }
    byte[] given = header.substring(SCHEME.length()).trim().getBytes(StandardCharsets.UTF_8);
    boolean isOperator = MessageDigest.isEqual(given, operator);
    boolean isAnalyst = MessageDigest.isEqual(given, analyst);
    if (isOperator) {
      return Role.OPERATOR;
    }
    return isAnalyst ? Role.ANALYST : null;
  }
}
