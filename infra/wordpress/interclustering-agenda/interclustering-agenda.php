<?php
/**
 * Plugin Name: Agenda interclustering
 * Description: L’agenda national des clusters logistiques : un bloc et un code court, rendus par votre site, sans script. The national agenda of the logistics clusters: a block and a shortcode, rendered by your site, without script.
 * Version: 1.0.0
 * Requires at least: 6.3
 * Requires PHP: 7.4
 * License: MIT
 * Text Domain: interclustering-agenda
 */

defined( 'ABSPATH' ) || exit;

const INTERCLUSTERING_FRESH = 10 * 60;
const INTERCLUSTERING_KEPT  = 24 * 60 * 60;

/** Seconds between two questions to a national site that did not answer: a visitor waits for it no more often. */
const INTERCLUSTERING_PAUSE = 60;

add_action( 'init', 'interclustering_register' );
add_action( 'admin_init', 'interclustering_register_setting' );

function interclustering_register() {
	register_block_type( __DIR__, array( 'render_callback' => 'interclustering_render' ) );
	add_shortcode( 'interclustering_agenda', 'interclustering_shortcode' );
	wp_register_style( 'interclustering-agenda', plugins_url( 'style.css', __FILE__ ), array(), '1.0.0' );
	$site = interclustering_site( '' );
	if ( '' !== $site ) {
		$host = preg_quote( preg_replace( '#^https?://#i', '', $site ), '#' );
		wp_oembed_add_provider( '#^https?://' . $host . '/(en/)?(agenda|evenements|ressources)([/?].*)?$#i', $site . '/oembed', true );
	}
}

/** The address of the national site stands among the general settings; a block may name another one. */
function interclustering_register_setting() {
	register_setting(
		'general',
		'interclustering_site',
		array( 'type' => 'string', 'sanitize_callback' => 'interclustering_origin', 'default' => '' )
	);
	add_settings_field(
		'interclustering_site',
		esc_html( interclustering_say( 'Site national de l’agenda interclustering', 'National site of Agenda interclustering' ) ),
		'interclustering_setting_field',
		'general',
		'default',
		array( 'label_for' => 'interclustering_site' )
	);
}

function interclustering_setting_field() {
	printf(
		'<input type="url" class="regular-text" id="interclustering_site" name="interclustering_site" value="%s">',
		esc_attr( (string) get_option( 'interclustering_site', '' ) )
	);
}

/** What a block or a shortcode may say. */
function interclustering_defaults() {
	return array(
		'site'    => '',
		'layout'  => 'list',
		'limit'   => 5,
		'filter'  => '',
		'theme'   => '',
		'cluster' => '',
		'format'  => '',
	);
}

/**
 * [interclustering_agenda layout="list" limit="5" filter="cluster=bsc" theme="auto"]; also site="https://…", cluster="…", format="…" and
 * theme="logistique-urbaine dark".
 */
function interclustering_shortcode( $given ) {
	wp_enqueue_style( 'interclustering-agenda' );
	return interclustering_render( shortcode_atts( interclustering_defaults(), $given, 'interclustering_agenda' ) );
}

/** The block as HTML. Nothing in it comes from the national site unescaped. */
function interclustering_render( $attributes ) {
	$attributes = wp_parse_args( is_array( $attributes ) ? $attributes : array(), interclustering_defaults() );
	$site       = interclustering_site( $attributes['site'] );
	if ( '' === $site ) {
		return interclustering_unset();
	}

	$address = $site . ( interclustering_is_english() ? '/en' : '' );
	$agenda  = interclustering_fetch( $address . '/embed/agenda.json?' . interclustering_query( $attributes ) );
	$theme   = interclustering_colours( $attributes );
	$section = '<section class="wp-block-interclustering-agenda interclustering-agenda"'
		. ( '' === $theme ? '' : ' data-theme="' . esc_attr( $theme ) . '"' );
	if ( null === $agenda ) {
		$away = interclustering_say( 'L’agenda ne peut pas être affiché pour le moment.', 'The agenda can’t be shown at the moment.' );
		$open = interclustering_say( 'Ouvrir l’agenda national', 'Open the national agenda' );
		return $section . '><p>' . esc_html( $away ) . ' <a href="' . esc_url( $address . '/agenda' ) . '">' . esc_html( $open )
			. '</a></p></section>';
	}

	$html = $section . ' aria-label="' . esc_attr( interclustering_text( $agenda, 'title' ) ) . '">';
	if ( isset( $agenda['month'] ) && is_array( $agenda['month'] ) ) {
		$html .= '<p class="interclustering-month">' . esc_html( interclustering_text( $agenda['month'], 'label' ) ) . '</p>';
	}

	$items = array_filter( $agenda['items'], 'is_array' );
	$html .= $items
		? '<ul>' . implode( '', array_map( 'interclustering_item', $items ) ) . '</ul>'
		: '<p>' . esc_html( interclustering_text( $agenda, 'empty' ) ) . '</p>';
	return $html . '<p><a href="' . interclustering_link( $agenda, 'moreUrl' ) . '">'
		. esc_html( interclustering_text( $agenda, 'more' ) ) . '</a></p></section>';
}

/** Editors are told what is missing; visitors are not. */
function interclustering_unset() {
	$sentence = interclustering_say(
		'Donnez l’adresse du site national, dans le bloc ou dans Réglages > Général.',
		'Give the address of the national site, in the block or in Settings > General.'
	);
	return current_user_can( 'edit_posts' ) ? '<p>' . esc_html( $sentence ) . '</p>' : '';
}

function interclustering_item( $item ) {
	$title     = interclustering_text( $item, 'title' );
	$hours     = interclustering_text( $item, 'hours' );
	$register  = interclustering_link( $item, 'register' );
	$cancelled = in_array( interclustering_text( $item, 'status' ), array( 'Annulé', 'Cancelled' ), true );
	$html      = '<li' . ( $cancelled ? ' class="interclustering-cancelled"' : '' ) . '>'
		. '<time datetime="' . esc_attr( interclustering_text( $item, 'day' ) ) . '">'
		. esc_html( interclustering_text( $item, 'date' ) . ( '' === $hours ? '' : ', ' . $hours ) ) . '</time>'
		. '<p class="interclustering-title"><a href="' . interclustering_link( $item, 'url' ) . '"'
		// What clusters write is French.
		. ( interclustering_is_english() ? ' lang="fr"' : '' ) . '>' . esc_html( $title ) . '</a></p>'
		. '<p class="interclustering-meta">';
	foreach ( array( 'clusterName', 'place', 'members', 'status' ) as $name ) {
		$text  = interclustering_text( $item, $name );
		$badge = in_array( $name, array( 'members', 'status' ), true ) ? ' class="interclustering-badge"' : '';
		$html .= '' === $text ? '' : '<span' . $badge . '>' . esc_html( $text ) . '</span>';
	}

	if ( '' !== $register ) {
		$label = interclustering_text( $item, 'registerLabel' );
		$html .= '<a href="' . $register . '" aria-label="' . esc_attr( $label . ' : ' . $title ) . '">' . esc_html( $label ) . '</a>';
	}

	return $html . '</p></li>';
}

/**
 * The answer of the national site, at most ten minutes old where it answers. While it does not, its last good answer is shown for a day.
 *
 * @return array|null Null where there is none.
 */
function interclustering_fetch( $address ) {
	$key    = 'interclustering_' . md5( $address );
	$kept   = get_transient( $key );
	$stored = is_array( $kept ) && isset( $kept['at'], $kept['agenda'] ) && is_array( $kept['agenda'] );
	if ( $stored && time() - $kept['at'] < INTERCLUSTERING_FRESH ) {
		return $kept['agenda'];
	}

	if ( false === get_transient( $key . '_away' ) ) {
		$options = array( 'timeout' => 4, 'redirection' => 2, 'limit_response_size' => 512 * 1024 );
		// An administrator may have chosen a site of the own network; who writes a page may not.
		$own    = interclustering_origin( get_option( 'interclustering_site', '' ) );
		$answer = '' !== $own && 0 === strpos( $address, $own . '/' )
			? wp_remote_get( $address, $options ) : wp_safe_remote_get( $address, $options );
		if ( ! is_wp_error( $answer ) && 200 === wp_remote_retrieve_response_code( $answer ) ) {
			$agenda = json_decode( wp_remote_retrieve_body( $answer ), true );
			if ( is_array( $agenda ) && isset( $agenda['items'] ) && is_array( $agenda['items'] ) ) {
				set_transient( $key, array( 'at' => time(), 'agenda' => $agenda ), INTERCLUSTERING_KEPT );
				return $agenda;
			}
		}

		set_transient( $key . '_away', 1, INTERCLUSTERING_PAUSE );
	}

	return $stored ? $kept['agenda'] : null;
}

/** The query of the national site: the filter, how it is laid out, and at most how many. */
function interclustering_query( $attributes ) {
	$filter = (string) $attributes['filter'];
	$start  = strpos( $filter, '?' );
	$filter = false !== $start ? substr( $filter, $start + 1 ) : ( preg_match( '#^https?://#i', $filter ) ? '' : $filter );
	$query  = array();
	foreach ( explode( '&', preg_replace( '/#.*/', '', str_replace( '&amp;', '&', $filter ) ) ) as $pair ) {
		$parts = array_map( 'urldecode', explode( '=', $pair, 2 ) );
		// How it is laid out is said beside the filter.
		$known = preg_match( '/^[a-z]+$/', $parts[0] ) && ! in_array( $parts[0], array( 'layout', 'limit', 'month' ), true );
		if ( $known && isset( $parts[1] ) && '' !== $parts[1] ) {
			$query[] = $parts;
		}
	}

	foreach ( array( 'cluster', 'format', 'theme' ) as $name ) {
		foreach ( preg_split( '/[\s,]+/', (string) $attributes[ $name ], -1, PREG_SPLIT_NO_EMPTY ) as $value ) {
			$query[] = array( $name, $value );
		}
	}

	$layout  = in_array( $attributes['layout'], array( 'list', 'month', 'next', 'sheets' ), true ) ? $attributes['layout'] : 'list';
	$query[] = array( 'layout', $layout );
	$query[] = array( 'limit', (string) max( 1, min( 50, (int) $attributes['limit'] ) ) );
	// Colours are this page's business.
	$asked = array_filter( $query, function ( $pair ) {
		return 'theme' !== $pair[0] || ! in_array( $pair[1], array( 'light', 'dark', 'auto' ), true );
	} );
	return implode( '&', array_map( function ( $pair ) {
		return $pair[0] . '=' . rawurlencode( $pair[1] );
	}, $asked ) );
}

/** light, dark, auto, or nothing for the colours of the page. */
function interclustering_colours( $attributes ) {
	$given = array_intersect( preg_split( '/[\s,]+/', (string) $attributes['theme'] ), array( 'light', 'dark', 'auto' ) );
	return $given ? reset( $given ) : '';
}

/** The origin of the block's site, or else that of the settings; empty where neither is one. */
function interclustering_site( $given ) {
	$own = interclustering_origin( $given );
	return '' !== $own ? $own : interclustering_origin( get_option( 'interclustering_site', '' ) );
}

/** https://agenda.example of an address; empty for anything else than http and https. */
function interclustering_origin( $address ) {
	return preg_match( '#^\s*(https?://[a-z0-9.-]+(:\d+)?)(/|$|\s)#i', (string) $address, $found ) ? strtolower( $found[1] ) : '';
}

function interclustering_text( $values, $name ) {
	return isset( $values[ $name ] ) && is_scalar( $values[ $name ] ) ? (string) $values[ $name ] : '';
}

/** An address of the web as an attribute's value; empty for another one. */
function interclustering_link( $values, $name ) {
	return esc_url( interclustering_text( $values, $name ), array( 'http', 'https' ) );
}

function interclustering_is_english() {
	return 0 === strpos( get_locale(), 'en' );
}

function interclustering_say( $french, $english ) {
	return interclustering_is_english() ? $english : $french;
}
