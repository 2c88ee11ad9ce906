<?php
// The plug-in beside the few functions of WordPress that it calls: each as WordPress documents it, with what was asked and kept in the open.
define( 'ABSPATH', __DIR__ );
$plugin = dirname( __DIR__, 4 ) . '/infra/wordpress/interclustering-agenda';

final class World {
	public static $options = array();
	public static $transients = array();
	public static $lifetimes = array();
	public static $answer = null;
	public static $asked = array();
	public static $safely = 0;
	public static $providers = array();
	public static $blocks = array();
	public static $shortcodes = array();
	public static $actions = array();
	public static $styles = array();
	public static $locale = 'fr_FR';
	public static $edits = false;

	public static function reset( $answer ) {
		self::$options = array( 'interclustering_site' => 'https://agenda.example' );
		self::$transients = self::$lifetimes = self::$asked = self::$providers = self::$blocks = self::$styles = array();
		self::$safely = 0;
		self::$answer = $answer;
		self::$locale = 'fr_FR';
		self::$edits = false;
	}

	// As if so many seconds had passed since the answer was kept.
	public static function age( $seconds ) {
		foreach ( self::$transients as $key => $value ) {
			if ( is_array( $value ) ) {
				self::$transients[ $key ]['at'] -= $seconds;
			}
			if ( self::$lifetimes[ $key ] <= $seconds ) {
				unset( self::$transients[ $key ] );
			}
		}
	}
}

final class WP_Error {}
function add_action( $hook, $function ) { World::$actions[ $hook ][] = $function; }
function add_shortcode( $tag, $function ) { World::$shortcodes[ $tag ] = $function; }
function register_block_type( $folder, $options ) { World::$blocks[ $folder ] = $options; }
function register_setting() {}
function add_settings_field() {}
function wp_register_style( $handle ) {}
function wp_enqueue_style( $handle ) { World::$styles[] = $handle; }
function plugins_url( $path ) { return $path; }
function wp_oembed_add_provider( $format, $endpoint, $regex = false ) { World::$providers[] = array( $format, $endpoint, $regex ); }
function get_option( $name, $default = false ) { return World::$options[ $name ] ?? $default; }
function get_locale() { return World::$locale; }
function current_user_can() { return World::$edits; }
function wp_parse_args( $given, $defaults ) { return array_merge( $defaults, $given ); }
function shortcode_atts( $known, $given ) { return array_merge( $known, array_intersect_key( (array) $given, $known ) ); }
function get_transient( $key ) { return World::$transients[ $key ] ?? false; }
function set_transient( $key, $value, $seconds ) { World::$transients[ $key ] = $value; World::$lifetimes[ $key ] = $seconds; }
function wp_remote_get( $address, $options = array() ) {
	World::$asked[] = $address;
	check( isset( $options['timeout'] ) && $options['timeout'] <= 5, 'a question ends by itself' );
	return null === World::$answer ? new WP_Error() : World::$answer;
}
function wp_safe_remote_get( $address, $options = array() ) { World::$safely++; return wp_remote_get( $address, $options ); }
function is_wp_error( $answer ) { return $answer instanceof WP_Error; }
function wp_remote_retrieve_response_code( $answer ) { return $answer['code']; }
function wp_remote_retrieve_body( $answer ) { return $answer['body']; }
function esc_html( $text ) { return htmlspecialchars( $text, ENT_QUOTES, 'UTF-8' ); }
function esc_attr( $text ) { return htmlspecialchars( $text, ENT_QUOTES, 'UTF-8' ); }
function esc_url( $address, $protocols = array( 'http', 'https', 'mailto' ) ) {
	$scheme = strtolower( (string) parse_url( $address, PHP_URL_SCHEME ) );
	return in_array( $scheme, $protocols, true ) ? str_replace( array( '&', "'", '"', '<', '>' ), array( '&#038;', '&#039;', '', '', '' ), $address ) : '';
}

function check( $holds, $claim ) {
	if ( ! $holds ) {
		fwrite( STDOUT, "does not hold: $claim\n" );
		exit( 1 );
	}
}

require $plugin . '/interclustering-agenda.php';

$recorded = file_get_contents( __DIR__ . '/agenda.json' );
$good     = array( 'code' => 200, 'body' => $recorded );
$agenda   = json_decode( $recorded, true );

// What it registers.
World::reset( $good );
array_map( 'call_user_func', World::$actions['init'] );
check( array( $plugin ) === array_map( 'realpath', array_keys( World::$blocks ) ), 'the block is registered' );
check( 'interclustering_render' === reset( World::$blocks )['render_callback'], 'the server renders it' );
list( $format, $endpoint, $regex ) = World::$providers[0];
check( true === $regex && 'https://agenda.example/oembed' === $endpoint, 'the hub is an oEmbed provider' );
foreach ( array( '/agenda?theme=logistique-urbaine', '/en/agenda/2026-12', '/evenements/bsc-1/atelier', '/ressources/bsc-2' ) as $path ) {
	check( 1 === preg_match( $format, 'https://agenda.example' . $path ), "$path becomes a card" );
}
foreach ( array( 'https://agenda.example/clusters', 'https://agenda-example/agenda', 'https://other.example/?https://agenda.example/agenda' ) as $other ) {
	check( 0 === preg_match( $format, $other ), "$other does not" );
}
World::reset( $good );
World::$options = array();
array_map( 'call_user_func', World::$actions['init'] );
check( array() === World::$providers, 'without a site there is no provider' );

// A recorded answer, with what a title may hold.
$hostile                               = $agenda;
$hostile['items'][0]['title']          = '<script>alert(1)</script>';
$hostile['items'][0]['url']            = 'javascript:alert(1)';
$hostile['items'][0]['register']       = 'javascript:alert(2)';
$hostile['items'][1]['place']          = '"><img src=x onerror=alert(3)>';
$hostile['items'][1]['day']            = '" onmouseover="alert(4)';
$hostile['title']                      = '"><script>alert(5)</script>';
$hostile['items'][]                    = 'no item';
$hostile['items'][2]['clusterName']    = array( 'no text' );
World::reset( array( 'code' => 200, 'body' => json_encode( $hostile ) ) );
$html = interclustering_render( array( 'site' => 'https://agenda.example', 'theme' => 'dark' ) );
check( false !== strpos( $html, '&lt;script&gt;alert(1)&lt;/script&gt;' ), 'a title stays text' );
check( 0 === preg_match( '/<(script|img)|javascript:|" onmouseover=/', $html ), 'nothing hostile becomes HTML' );
check( count( $agenda['items'] ) === substr_count( $html, '<li' ), 'every item is one of the list' );
check( false !== strpos( $html, ' data-theme="dark"' ), 'the theme is kept' );

// The query.
World::reset( $good );
interclustering_render( array( 'filter' => 'https://agenda.example/agenda?cluster=bsc&theme=logistique-urbaine&limit=9&q=a%20b', 'layout' => 'month', 'limit' => 3 ) );
check( array( 'https://agenda.example/embed/agenda.json?cluster=bsc&theme=logistique-urbaine&q=a%20b&layout=month&limit=3' ) === World::$asked, 'a pasted address is a filter' );
World::reset( $good );
World::$locale = 'en_GB';
$html = call_user_func( World::$shortcodes['interclustering_agenda'], array( 'cluster' => 'bsc tenlog', 'theme' => 'logistique-urbaine auto', 'limit' => '900', 'layout' => 'no' ) );
check( array( 'https://agenda.example/en/embed/agenda.json?cluster=bsc&cluster=tenlog&theme=logistique-urbaine&layout=list&limit=50' ) === World::$asked, 'a shortcode asks in the language of the site' );
check( false !== strpos( $html, ' data-theme="auto"' ) && array( 'interclustering-agenda' ) === World::$styles, 'and has its style' );

// Whom it asks, and who is told that nobody is known.
World::reset( $good );
interclustering_render( array( 'site' => 'http://10.0.0.1/x' ) );
check( 1 === World::$safely, 'an address of a page is asked with care' );
World::reset( $good );
interclustering_render( array() );
check( 0 === World::$safely && 1 === count( World::$asked ), 'that of the settings as it is' );
World::$options = array();
check( '' === interclustering_render( array( 'site' => 'file:///etc/passwd' ) ), 'without a site visitors see nothing' );
World::$edits = true;
check( false !== strpos( interclustering_render( array() ), 'Réglages' ), 'and editors a sentence' );

// What is kept.
World::reset( $good );
$first = interclustering_render( array() );
check( $first === interclustering_render( array() ) && 1 === count( World::$asked ), 'for ten minutes it asks once' );
World::age( 11 * 60 );
foreach ( array( null, array( 'code' => 500, 'body' => '' ), array( 'code' => 200, 'body' => '<html>' ), array( 'code' => 404, 'body' => '{}' ) ) as $away ) {
	World::$answer = $away;
	$before        = count( World::$asked );
	check( $first === interclustering_render( array() ), 'the last good answer is shown while the hub is away' );
	check( $first === interclustering_render( array() ) && $before + 1 === count( World::$asked ), 'and the hub is not asked at each visit' );
	World::age( 61 );
}
World::$answer = array( 'code' => 200, 'body' => json_encode( array( 'items' => array() ) + $agenda ) );
check( false === strpos( interclustering_render( array() ), '<li' ), 'and replaced when the hub is back' );
World::$answer = null;
World::age( 25 * 60 * 60 );
$html = interclustering_render( array() );
check( false !== strpos( $html, 'ne peut pas être affiché' ) && false !== strpos( $html, 'href="https://agenda.example/agenda"' ), 'after a day it says so, with a link' );
echo "all hold\n";
