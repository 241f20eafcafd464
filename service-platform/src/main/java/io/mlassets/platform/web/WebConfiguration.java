package io.mlassets.platform.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.platform.ServiceName;
import io.mlassets.platform.TokenSettings;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import tools.jackson.databind.json.JsonMapper;

/** Who may call what, and how errors look. */
@Configuration(proxyBeanMethods = false)
public class WebConfiguration {

  @Bean
  SecurityFilterChain apiSecurity(HttpSecurity http, TokenSettings tokens, ProblemWriter problems)
      throws Exception {
    return http.csrf(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .addFilterBefore(new BearerTokenFilter(tokens), UsernamePasswordAuthenticationFilter.class)
        .authorizeHttpRequests(
            requests ->
                requests
                    // The first dispatch was authorised; what it forwards to needs no second look.
                    .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                    .permitAll()
                    .requestMatchers(
                        HttpMethod.GET,
                        "/actuator/health/**",
                        "/actuator/prometheus",
                        "/v3/api-docs/**",
                        "/v3/api-docs.yaml")
                    .permitAll()
                    .requestMatchers(HttpMethod.GET)
                    .hasAnyRole(Role.OPERATOR.name(), Role.ANALYST.name())
                    .requestMatchers(HttpMethod.HEAD)
                    .hasAnyRole(Role.OPERATOR.name(), Role.ANALYST.name())
                    .anyRequest()
                    .hasRole(Role.OPERATOR.name()))
        .exceptionHandling(
            errors ->
                errors
                    .authenticationEntryPoint(problems::unauthorized)
                    .accessDeniedHandler(problems::forbidden))
        .build();
  }

  @Bean
  ProblemWriter problemWriter(JsonMapper json, MeterRegistry meters) {
    return new ProblemWriter(json, meters);
  }

  @Bean
  ProblemAdvice problemAdvice(MeterRegistry meters, ServiceName service) {
    return new ProblemAdvice(meters, service);
  }

  @Bean
  OpenAPI openApi(ServiceName service) {
    return new OpenAPI()
        .info(new Info().title("ml-assets-core " + service.name()).version("v1"))
        .components(
            new Components()
                .addSecuritySchemes(
                    "bearer", new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")))
        .addSecurityItem(new SecurityRequirement().addList("bearer"));
  }
}
