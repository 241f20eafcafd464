package io.mlassets.platform.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.platform.ServiceName;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Every error of every endpoint as an RFC 9457 problem detail, counted. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
  private final MeterRegistry meters;
  private final Logger log;

  ProblemAdvice(MeterRegistry meters, ServiceName service) {
    this.meters = meters;
    // Log files are chosen by package: under our own, errors would be in no service's file.
    this.log = LoggerFactory.getLogger("io.mlassets." + service.name() + ".problems");
  }

  static void count(MeterRegistry meters, HttpStatusCode status) {
    meters.counter("problems_total", "status", String.valueOf(status.value())).increment();
  }

  @ExceptionHandler(NotFoundException.class)
  ProblemDetail notFound(NotFoundException e) {
    return problem(HttpStatus.NOT_FOUND, e.getMessage());
  }

  @ExceptionHandler(ConflictException.class)
  ProblemDetail conflict(ConflictException e) {
    return problem(HttpStatus.CONFLICT, e.getMessage());
  }

  @ExceptionHandler(IllegalArgumentException.class)
  ProblemDetail badRequest(IllegalArgumentException e) {
    return problem(HttpStatus.BAD_REQUEST, e.getMessage());
  }

  /** A value no column can hold, such as a text with a zero character or a year 300000. */
  @ExceptionHandler(DataIntegrityViolationException.class)
  ProblemDetail notStorable(DataIntegrityViolationException e) {
    log.warn("refused by the database", e);
    if (e instanceof DuplicateKeyException) {
      return problem(
          HttpStatus.CONFLICT, "somebody else changed the same thing; look and try again");
    }
    return problem(
        HttpStatus.BAD_REQUEST, "a value of the request is not one the database can hold");
  }

  @ExceptionHandler({DataAccessException.class, TransactionException.class})
  ProblemDetail databaseAway(RuntimeException e) {
    log.error("database", e);
    return problem(HttpStatus.SERVICE_UNAVAILABLE, "the database did not answer; try again");
  }

  @ExceptionHandler(Exception.class)
  ProblemDetail unexpected(Exception e) {
    log.error("unexpected", e);
    return problem(HttpStatus.INTERNAL_SERVER_ERROR, "unexpected error; see the service's log");
  }

  private ProblemDetail problem(HttpStatus status, @Nullable String detail) {
    count(meters, status);
    return ProblemDetail.forStatusAndDetail(status, detail);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String detail = "body: " + firstLine(String.valueOf(tellingCause(e).getMessage()));
    return handleExceptionInternal(
        e, ProblemDetail.forStatusAndDetail(status, detail), headers, status, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    StringBuilder detail = new StringBuilder("body:");
    e.getBindingResult()
        .getFieldErrors()
        .forEach(
            f -> detail.append(' ').append(f.getField()).append(' ').append(f.getDefaultMessage()));
    return handleExceptionInternal(
        e, ProblemDetail.forStatusAndDetail(status, detail.toString()), headers, status, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    String detail = "%s: '%s' is not %s".formatted(e.getPropertyName(), e.getValue(), expected(e));
    return handleExceptionInternal(
        e, ProblemDetail.forStatusAndDetail(status, detail), headers, status, request);
  }

  private static String expected(TypeMismatchException e) {
    Class<?> type = e.getRequiredType();
    if (type == null) {
      return "of the expected form";
    }
    if (type.isEnum()) {
      return "one of " + Arrays.toString(type.getEnumConstants());
    }
    if (type == Instant.class) {
      return "a UTC time such as 2026-01-31T00:00:00Z";
    }
    return type == int.class || type == long.class ? "a whole number" : type.getSimpleName();
  }

  /** The domain's own complaint, which names the value, if there is one. */
  private static Throwable tellingCause(HttpMessageNotReadableException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalArgumentException) {
        return cause;
      }
    }
    return e.getMostSpecificCause();
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception e,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    count(meters, status);
    return super.handleExceptionInternal(e, body, headers, status, request);
  }
}
